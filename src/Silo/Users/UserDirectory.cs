using System.Threading.RateLimiting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Scheduler.Contracts.Users;
using Scheduler.Silo.Storage.Users;

namespace Scheduler.Silo.Users;

/// <summary>Who exists and who is who, from the database.</summary>
internal sealed partial class UserDirectory : IUserDirectory, IDisposable
{
    private static readonly TimeSpan ComeBack = TimeSpan.FromSeconds(1);

    private readonly UserStore users;
    private readonly Passwords passwords;
    private readonly LoginThrottle throttle;
    private readonly ConcurrencyLimiter checks;
    private readonly ILogger<UserDirectory> log;

    public UserDirectory(
        UserStore users, Passwords passwords, LoginThrottle throttle, IOptions<UserOptions> options, ILogger<UserDirectory> log)
    {
        (this.users, this.passwords, this.throttle, this.log) = (users, passwords, throttle, log);
        checks = new(new()
        {
            PermitLimit = options.Value.ConcurrentChecks,
            QueueLimit = options.Value.WaitingChecks,
            QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
        });
    }

    public async Task<LoginResult> AuthenticateAsync(
        string name, string password, string remoteAddress, CancellationToken cancellationToken)
    {
        if (throttle.RetryAfter(name, remoteAddress) is { } wait) return new LoginResult.Throttled(wait);

        using var turn = await checks.AcquireAsync(1, cancellationToken);
        if (!turn.IsAcquired) return new LoginResult.Throttled(ComeBack);

        // Asked again in turn: guesses sent all at once pass the first question together, but not this one.
        if (throttle.RetryAfter(name, remoteAddress) is { } now) return new LoginResult.Throttled(now);

        if (await CheckAsync(name, password, cancellationToken) is { } user)
        {
            throttle.Succeeded(name);
            return new LoginResult.Accepted(user);
        }

        throttle.Failed(name, remoteAddress);
        LogRefused(UserRules.IsName(name) ? name : "(not a name)", remoteAddress);
        return new LoginResult.Refused();
    }

    public async Task<User?> FindAsync(string name, CancellationToken cancellationToken) =>
        UserRules.IsName(name) ? (await users.FindAsync(name, cancellationToken))?.User : null;

    public async Task<bool> GroupExistsAsync(string name, CancellationToken cancellationToken) =>
        UserRules.IsName(name) && await users.GroupExistsAsync(name, cancellationToken);

    public void Dispose() => checks.Dispose();

    private async Task<User?> CheckAsync(string name, string password, CancellationToken cancellationToken)
    {
        // Nobody has such a name or password, so this quick answer tells nothing about who exists.
        if (!UserRules.IsName(name) || password.Length > Passwords.MaximumLength) return null;

        var stored = await users.FindAsync(name, cancellationToken);
        var check = await Task.Run(() => passwords.Check(stored?.PasswordHash, password), cancellationToken);
        if (check is PasswordCheck.Wrong || stored is null) return null;

        if (check is PasswordCheck.Outdated) await users.RenewHashAsync(stored, passwords.Hash(password), cancellationToken);
        return stored.User;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Login of {Name} from {Address} refused")]
    private partial void LogRefused(string name, string address);
}
