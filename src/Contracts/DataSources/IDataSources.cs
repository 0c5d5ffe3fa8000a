using Scheduler.Contracts.Plugins;
using Scheduler.Contracts.Secrets;

namespace Scheduler.Contracts.DataSources;

/// <summary>A data source as administrators see it: never with its password.</summary>
/// <param name="Name">Unique.</param>
/// <param name="Kind">One of <see cref="DataSourceKinds"/>.</param>
/// <param name="Options">See <see cref="DataSourceKeys"/>.</param>
/// <param name="HasPassword">Whether there is one.</param>
/// <param name="Projects">Names of the projects that may use it, in order.</param>
/// <param name="ModifiedBy">Who changed it last.</param>
/// <param name="ModifiedAt">UTC.</param>
public sealed record DataSourceEntry(
    string Name, string Kind, IReadOnlyDictionary<string, string> Options, bool HasPassword, IReadOnlyList<string> Projects, string ModifiedBy,
    DateTimeOffset ModifiedAt);

/// <summary>
/// Data sources, and which projects may use them: the port of the HTTP surface and the command line. Passwords go in and never come out;
/// whether the caller may do this is checked before.
/// </summary>
public interface IDataSources
{
    /// <param name="after">The list begins behind this name; null for its start.</param>
    /// <param name="limit">Wanted entries; at most <see cref="SecretOptions.LongestPage"/> come.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<NamePage<DataSourceEntry>> ListAsync(string? after, int limit, CancellationToken cancellationToken);

    /// <summary>Null when there is none of that name.</summary>
    Task<DataSourceEntry?> FindAsync(string name, CancellationToken cancellationToken);

    /// <param name="name">See <see cref="SecretRules.IsName"/>.</param>
    /// <param name="kind">One of <see cref="DataSourceKinds"/>; never changes.</param>
    /// <param name="options">Under <see cref="DataSourceRules"/>.</param>
    /// <param name="password">Null when it has none.</param>
    /// <param name="actor">For the audit log.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<ChangeResult> CreateAsync(
        string name, string kind, IReadOnlyDictionary<string, string> options, string? password, string actor, CancellationToken cancellationToken);

    /// <summary>Replaces all options; password and grants stay.</summary>
    Task<ChangeResult> ChangeAsync(
        string name, IReadOnlyDictionary<string, string> options, string actor, CancellationToken cancellationToken);

    /// <summary>Null takes the password away.</summary>
    Task<ChangeResult> SetPasswordAsync(string name, string? password, string actor, CancellationToken cancellationToken);

    /// <summary>Nodes that use it fail from now on.</summary>
    Task<ChangeResult> DeleteAsync(string name, string actor, CancellationToken cancellationToken);

    /// <summary>Lets the nodes of a project use it: everybody who may upload packages to it, or run them.</summary>
    Task<ChangeResult> GrantAsync(string name, string project, string actor, CancellationToken cancellationToken);

    Task<ChangeResult> RevokeAsync(string name, string project, string actor, CancellationToken cancellationToken);

    /// <summary>Opens a connection, for <see cref="SecretOptions.TestTimeout"/> at most.</summary>
    Task<DataSourceTest> TestAsync(string name, CancellationToken cancellationToken);
}

/// <summary>What a try to open a data source gave.</summary>
public abstract record DataSourceTest
{
    private DataSourceTest() { }

    public sealed record Opened : DataSourceTest;

    /// <param name="Problem">What went wrong, in the words of the driver, without the password.</param>
    public sealed record Failed(string Problem) : DataSourceTest;

    public sealed record Unknown(Fault Fault) : DataSourceTest;
}

/// <summary>Opens data sources to see whether they can be.</summary>
public interface IDataSourceProbe
{
    /// <returns>Null, or what is wrong; may hold the password.</returns>
    Task<string?> TestAsync(DataSource source, CancellationToken cancellationToken);
}
