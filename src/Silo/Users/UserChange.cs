namespace Scheduler.Silo.Users;

/// <summary>What became of a change of the users.</summary>
internal enum UserChange
{
    /// <summary>Stored, with its audit row; also when it was so before.</summary>
    Done = 0,
    UnknownUser = 1,
    UnknownRole = 2,

    /// <summary>A user of that name exists.</summary>
    AlreadyExists = 3,

    /// <summary>See <see cref="UserRules.IsName"/>.</summary>
    InvalidName = 4,

    /// <summary>See <see cref="UserRules.IsNewPassword"/>.</summary>
    InvalidPassword = 5,
}

/// <summary>An entry of the audit log of users.</summary>
/// <param name="Actor">Who ordered the change.</param>
/// <param name="At">UTC.</param>
/// <param name="Message">What was changed. Never holds a secret.</param>
internal sealed record UserEvent(string Actor, DateTimeOffset At, string Message);

/// <summary>A user as administrators see it. Lists are ordered by name.</summary>
internal sealed record UserAccount(
    string Name, bool IsDisabled, DateTimeOffset CreatedAt, IReadOnlyList<string> Roles, IReadOnlyList<string> Groups,
    IReadOnlyList<string> MayActAs);
