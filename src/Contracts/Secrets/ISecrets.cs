namespace Scheduler.Contracts.Secrets;

/// <summary>A secret as administrators see it: never with its value.</summary>
/// <param name="Name">Unique.</param>
/// <param name="Projects">Names of the projects that may use it, in order.</param>
/// <param name="ModifiedBy">Who set its value last.</param>
/// <param name="ModifiedAt">UTC.</param>
public sealed record SecretEntry(string Name, IReadOnlyList<string> Projects, string ModifiedBy, DateTimeOffset ModifiedAt);

/// <summary>
/// Named secrets, and which projects may use them: the port of the HTTP surface and the command line. Values go in and never come out;
/// whether the caller may do this is checked before. Every call may be repeated.
/// </summary>
public interface ISecrets
{
    /// <param name="after">The list begins behind this name; null for its start.</param>
    /// <param name="limit">Wanted entries; at most <see cref="SecretOptions.LongestPage"/> come.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<NamePage<SecretEntry>> ListAsync(string? after, int limit, CancellationToken cancellationToken);

    /// <summary>Adds a secret, or replaces its value; its grants stay.</summary>
    Task<ChangeResult> SetAsync(string name, string value, string actor, CancellationToken cancellationToken);

    /// <summary>Nodes that use it fail from now on.</summary>
    Task<ChangeResult> DeleteAsync(string name, string actor, CancellationToken cancellationToken);

    /// <summary>Lets the nodes of a project use it: everybody who may upload packages to it, or run them.</summary>
    Task<ChangeResult> GrantAsync(string name, string project, string actor, CancellationToken cancellationToken);

    Task<ChangeResult> RevokeAsync(string name, string project, string actor, CancellationToken cancellationToken);
}
