using Scheduler.Silo.Hosting;

namespace Scheduler.Silo.Tests.Hosting;

public sealed class LivingSilosTests
{
    private readonly FakeCluster cluster = new();

    [Fact]
    public void Who_only_answers_HTTP_owns_nothing()
    {
        var silo = cluster.Add(1);
        var api = cluster.Add(2, SiloIdentity.NameWithoutExecutions);
        var living = cluster.Look();

        Assert.Equal([silo], living.Owners);
        Assert.False(living.IsAlive(api));
    }

    [Fact]
    public void Who_only_answers_HTTP_does_not_count_itself()
    {
        cluster.Add(1, SiloIdentity.NameWithoutExecutions);
        var living = cluster.Look();
        Assert.Empty(living.Owners);

        var silo = cluster.Add(2);
        Assert.Equal([silo], living.Owners);
    }

    [Fact]
    public void Groups_are_those_of_the_living_and_one_that_does_not_tell_offers_the_default()
    {
        cluster.Add(1, groups: ["gpu", "big"]);
        cluster.Add(2);
        cluster.Add(3, groups: ["old"]);
        var living = cluster.Look();
        Assert.Equal(["big", "default", "gpu", "old"], living.Groups.Order());

        cluster.Add(3, status: SiloStatus.Dead);
        Assert.Equal(["big", "default", "gpu"], living.Groups.Order());
    }

    [Fact]
    public async Task A_silo_rejoins_once_the_table_has_said_twice_that_it_is_a_member()
    {
        cluster.Add(1);
        cluster.Outages = 2;

        await cluster.Look().RejoinAsync(TimeSpan.Zero, CancellationToken.None);

        Assert.Equal(-2, cluster.Outages);
    }

    [Fact]
    public async Task A_silo_that_is_given_up_a_moment_after_it_came_back_does_not_rejoin()
    {
        cluster.Add(1);
        using var stop = new CancellationTokenSource();
        var looks = 0;
        cluster.Refreshed = () =>
        {
            if (++looks == 2) cluster.Add(1, status: SiloStatus.Dead);
            if (looks == 4) stop.Cancel();
        };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cluster.Look().RejoinAsync(TimeSpan.Zero, stop.Token));
    }

    [Fact]
    public async Task A_silo_that_was_given_up_never_rejoins()
    {
        cluster.Add(1);
        using var stop = new CancellationTokenSource();
        var looks = 0;
        cluster.Refreshed = () =>
        {
            cluster.Add(1, status: SiloStatus.Dead);
            if (++looks == 3) stop.Cancel();
        };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cluster.Look().RejoinAsync(TimeSpan.Zero, stop.Token));
    }
}
