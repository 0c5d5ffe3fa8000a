namespace Scheduler.Contracts.Users;

/// <summary>Somebody who has proved who they are.</summary>
/// <param name="Name">Unique; compared ordinally.</param>
/// <param name="Groups">Groups they belong to.</param>
/// <param name="Everywhere">What their roles grant on every project and on the system.</param>
/// <param name="MayActAs">Users they may name as proxy users of a project.</param>
[GenerateSerializer, Immutable, Alias("scheduler/user")]
public sealed record User(string Name, IReadOnlyList<string> Groups, Permissions Everywhere, IReadOnlyList<string> MayActAs);
