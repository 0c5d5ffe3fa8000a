using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Scheduler.Silo.Hosting;
using Scheduler.Testing;

namespace Scheduler.Silo.Tests.Hosting;

public sealed class DeadSilosTests : IDisposable
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(100);

    private readonly FakeCluster cluster = new();
    private readonly FakeTimeProvider clock = new();
    private readonly MembershipOptions options = new();
    private readonly TcpListener port = new(IPAddress.Loopback, 0);

    public DeadSilosTests() => port.Start();

    private int Port => ((IPEndPoint)port.LocalEndpoint).Port;

    [Fact]
    public void Nobody_is_waited_for_while_all_live()
    {
        cluster.Add(Port);

        Assert.True(Dead().AllGoneAsync().IsCompleted);
    }

    [Fact]
    public async Task A_silo_whose_port_refuses_is_gone_at_once()
    {
        cluster.Add(1);
        cluster.Add(Port, status: SiloStatus.Dead);
        port.Stop();

        await Dead().AllGoneAsync().WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Equal(TimeSpan.Zero, clock.GetUtcNow() - clock.Start);
    }

    [Fact]
    public async Task A_silo_whose_port_still_answers_is_given_the_time_to_learn_of_its_death()
    {
        cluster.Add(1);
        cluster.Add(Port, status: SiloStatus.Dead);
        var dead = Dead();

        var gone = dead.AllGoneAsync();
        await Eventually.TrueAsync(() =>
        {
            if (!gone.IsCompleted) clock.Advance(Step);
            return gone.IsCompleted;
        });

        Assert.InRange(clock.GetUtcNow() - clock.Start, options.DeathNotice, options.DeathNotice + Step);
        Assert.True(dead.AllGoneAsync().IsCompleted);
    }

    [Fact]
    public void Less_notice_than_it_takes_to_learn_of_it_is_refused()
    {
        options.DeathNotice = 2 * options.TableRefresh;

        var failures = new MembershipOptionsValidator().Validate(null, options).Failures;
        Assert.Contains("Membership:DeathNotice", Assert.Single(failures!), StringComparison.Ordinal);
    }

    public void Dispose() => port.Dispose();

    private DeadSilos Dead() => new(cluster, Options.Create(options), clock);
}
