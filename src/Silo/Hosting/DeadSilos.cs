using System.Collections.Concurrent;
using System.Net.Sockets;
using Microsoft.Extensions.Options;

namespace Scheduler.Silo.Hosting;

/// <summary>
/// Knows when the jobs of a silo that has been declared dead run no more. Most such silos are: their port refuses connections, and their
/// reaper has killed what they ran. One that was frozen or cut off and is back has yet to read of its death; until it must have, its
/// jobs are left alone.
/// </summary>
internal sealed class DeadSilos(IClusterMembershipService membership, IOptions<MembershipOptions> options, TimeProvider clock)
{
    private static readonly TimeSpan KnockDelay = TimeSpan.FromMilliseconds(250);

    /// <summary>By silo: completes when it is gone. There is one for each row of the dead in the table of members.</summary>
    private readonly ConcurrentDictionary<SiloAddress, Task> gone = new();

    /// <summary>Completes when nothing runs any more on any silo that is known to be dead by now.</summary>
    public Task AllGoneAsync()
    {
        var dead = membership.CurrentSnapshot.Members.Values.Where(member => member.Status == SiloStatus.Dead);
        var waits = dead.Select(member => GoneAsync(member.SiloAddress)).Where(wait => !wait.IsCompleted).ToList();
        return waits.Count == 0 ? Task.CompletedTask : Task.WhenAll(waits);
    }

    /// <summary>Completes when nothing runs any more on a silo that has been declared dead.</summary>
    public Task GoneAsync(SiloAddress silo) => gone.GetOrAdd(silo, WaitAsync);

    private async Task WaitAsync(SiloAddress silo)
    {
        for (var start = clock.GetTimestamp(); clock.GetElapsedTime(start) is var waited && waited < options.Value.DeathNotice;)
        {
            var rest = options.Value.DeathNotice - waited;
            if (await RefusesAsync(silo, rest)) return;
            await Task.Delay(rest < KnockDelay ? rest : KnockDelay, clock);
        }
    }

    /// <summary>A process that is frozen still accepts connections, and so does one that has not heard of its death.</summary>
    private async Task<bool> RefusesAsync(SiloAddress silo, TimeSpan patience)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        using var deadline = new CancellationTokenSource(patience, clock);
        try
        {
            await socket.ConnectAsync(silo.Endpoint, deadline.Token);
            return false;
        }
        catch (SocketException exception)
        {
            return exception.SocketErrorCode == SocketError.ConnectionRefused;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
