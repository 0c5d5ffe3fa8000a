namespace Scheduler.Silo.Hosting;

/// <summary>Who this silo is, in the words stored with what it owns. A restarted process is another silo.</summary>
internal sealed class SiloIdentity(ILocalSiloDetails details)
{
    /// <summary>Address, port and generation, such as <c>127.0.0.1:11111@123456</c>.</summary>
    public string Owner { get; } = OwnerOf(details.SiloAddress);

    /// <summary>The same words for another silo.</summary>
    public static string OwnerOf(SiloAddress address) => address.ToParsableString();
}
