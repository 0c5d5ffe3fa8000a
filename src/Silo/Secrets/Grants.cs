using Scheduler.Contracts.Secrets;
using Scheduler.Silo.Storage.Secrets;
using Scheduler.Silo.Users;

namespace Scheduler.Silo.Secrets;

/// <summary>What administrators do with secrets and data sources alike.</summary>
/// <param name="table">Either.</param>
/// <param name="code">Front of the codes.</param>
/// <param name="what">As it is called in sentences.</param>
/// <param name="clock">For the audit log.</param>
internal sealed class Grants(GrantedTable table, string code, string what, TimeProvider clock)
{
    public async Task<ChangeResult> DeleteAsync(string name, string actor, CancellationToken cancellationToken) =>
        await table.DeleteAsync(name, Entry(actor, $"{what} {name} deleted"), cancellationToken)
            ? new ChangeResult.Done()
            : new ChangeResult.Unknown(Unknown(name));

    public async Task<ChangeResult> GrantAsync(string name, string project, string actor, CancellationToken cancellationToken) => ToResult(
        await table.GrantAsync(name, project, Entry(actor, $"{what} {name} granted to project {project}"), cancellationToken), name, project);

    public async Task<ChangeResult> RevokeAsync(string name, string project, string actor, CancellationToken cancellationToken) => ToResult(
        await table.RevokeAsync(name, project, Entry(actor, $"{what} {name} no longer granted to project {project}"), cancellationToken),
        name, project);

    public Fault Unknown(string name) => new($"{code}.unknown", $"There is no {what} '{name}'.", "name");

    public UserEvent Entry(string actor, string message) => new(actor, clock.GetUtcNow(), message);

    private ChangeResult ToResult(GrantChange change, string name, string project) => change switch
    {
        GrantChange.Done => new ChangeResult.Done(),
        GrantChange.UnknownName => new ChangeResult.Unknown(Unknown(name)),
        _ => new ChangeResult.Unknown(new("project.unknown", $"There is no project '{project}'.", "project")),
    };
}

/// <summary>Cuts a list that was read one entry too far, to know whether there is more.</summary>
internal static class Paging
{
    public static NamePage<T> Cut<T>(IReadOnlyList<T> read, int size, Func<T, string> nameOf) => read.Count <= size
        ? new NamePage<T>(read, null)
        : new NamePage<T>([.. read.Take(size)], nameOf(read[size - 1]));
}
