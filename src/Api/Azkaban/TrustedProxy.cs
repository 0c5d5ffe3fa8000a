using System.Net;
using IPNetwork = System.Net.IPNetwork;

namespace Scheduler.Api.Azkaban;

/// <summary>Reads an entry of <see cref="AzkabanOptions.TrustedProxies"/>.</summary>
internal static class TrustedProxy
{
    /// <summary>A single address becomes the network that holds only it.</summary>
    public static bool TryParse(string text, out IPNetwork network)
    {
        if (!IPAddress.TryParse(text, out var address)) return IPNetwork.TryParse(text, out network);

        network = new IPNetwork(address, address.GetAddressBytes().Length * 8);
        return true;
    }
}
