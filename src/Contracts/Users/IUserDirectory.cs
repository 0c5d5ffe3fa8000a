namespace Scheduler.Contracts.Users;

/// <summary>What became of a login.</summary>
public abstract record LoginResult
{
    private LoginResult() { }

    public sealed record Accepted(User User) : LoginResult;

    /// <summary>Unknown name or wrong password; both take the same time and look the same.</summary>
    public sealed record Refused : LoginResult;

    /// <summary>Too many failures for this account or address; even the right password is refused until then.</summary>
    public sealed record Throttled(TimeSpan RetryAfter) : LoginResult;
}

/// <summary>Who exists and who is who.</summary>
public interface IUserDirectory
{
    /// <param name="name">As typed.</param>
    /// <param name="password">As typed; at most 256 characters, longer ones are refused.</param>
    /// <param name="remoteAddress">Where the request came from, for throttling.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<LoginResult> AuthenticateAsync(string name, string password, string remoteAddress, CancellationToken cancellationToken);

    /// <summary>Null when there is no such user, or it is disabled.</summary>
    Task<User?> FindAsync(string name, CancellationToken cancellationToken);

    /// <summary>True when a group of that name is in use.</summary>
    Task<bool> GroupExistsAsync(string name, CancellationToken cancellationToken);
}

/// <summary>Logins that last. Stored, so that every process of a cluster knows them and a restart keeps them.</summary>
public interface ISessions
{
    /// <summary>A new session id: random, 256 bits, never reused. Only its hash is stored.</summary>
    Task<string> OpenAsync(User user, string remoteAddress, CancellationToken cancellationToken);

    /// <summary>The user of a live session, and prolongs it; null when it is unknown, closed or expired.</summary>
    Task<User?> FindAsync(string sessionId, CancellationToken cancellationToken);

    /// <summary>Ends a session; unknown ids are ignored.</summary>
    Task CloseAsync(string sessionId, CancellationToken cancellationToken);
}
