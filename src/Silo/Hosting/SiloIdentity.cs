namespace Scheduler.Silo.Hosting;

/// <summary>Who this silo is, in the words stored with what it owns. A restarted process is another silo.</summary>
internal sealed class SiloIdentity(ILocalSiloDetails details)
{
    /// <summary>
    /// What a member of the cluster is called that hosts nothing. The name stands in the table of members, so whoever knows of the member
    /// knows this too. Never changed: members of different versions read it.
    /// </summary>
    public const string NameWithoutExecutions = "api";

    /// <summary>Address, port and generation, such as <c>127.0.0.1:11111@123456</c>.</summary>
    public string Owner { get; } = OwnerOf(details.SiloAddress);

    /// <summary>False when this process only answers HTTP.</summary>
    public bool HostsExecutions { get; } = details.Name != NameWithoutExecutions;

    /// <summary>The same words for another silo.</summary>
    public static string OwnerOf(SiloAddress address) => address.ToParsableString();
}
