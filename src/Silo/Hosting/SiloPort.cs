using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Scheduler.Silo.Hosting;

/// <summary>
/// A free port for the silo, and if possible the one it had before. A silo that comes back at its old address replaces its dead
/// predecessor in the cluster at once; at a new address it would have to wait until the others have given the old one up.
/// </summary>
internal static class SiloPort
{
    /// <param name="address">The address the silo listens on.</param>
    /// <param name="dataFolder">Where the port is remembered.</param>
    public static int Choose(IPAddress address, string dataFolder)
    {
        var memory = Path.Combine(dataFolder, "silo-port");
        if (File.Exists(memory) && int.TryParse(File.ReadAllText(memory), CultureInfo.InvariantCulture, out var last) && last > 0 && IsFree(address, last))
            return last;

        var port = FindFree(address);
        Directory.CreateDirectory(dataFolder);
        File.WriteAllText(memory, port.ToString(CultureInfo.InvariantCulture));
        return port;
    }

    private static bool IsFree(IPAddress address, int port)
    {
        try
        {
            using var probe = new TcpListener(address, port);
            probe.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static int FindFree(IPAddress address)
    {
        using var probe = new TcpListener(address, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
