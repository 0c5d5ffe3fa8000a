using System.Net;
using System.Net.Sockets;

namespace Scheduler.Silo.Torture.Cluster;

/// <summary>
/// Ports of loopback that stay a silo's own while it is down: they lie below those the system gives to outgoing connections, one of
/// which could otherwise sit on the port when the silo comes back.
/// </summary>
internal sealed class FixedPorts
{
    private const int First = 20_000;
    private const int Count = 10_000;

    /// <summary>Runs beside each other begin at different places.</summary>
    private int next = Environment.ProcessId * 37 % Count;

    /// <summary>Free now, and not given before.</summary>
    /// <exception cref="TortureImpossibleException">None is left.</exception>
    public int Take()
    {
        for (var tries = 0; tries < Count; tries++)
        {
            next = (next + 1) % Count;
            if (IsFree(First + next)) return First + next;
        }

        throw new TortureImpossibleException("There is no free port on loopback.");
    }

    private static bool IsFree(int port)
    {
        try
        {
            using var probe = new TcpListener(IPAddress.Loopback, port);
            probe.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
