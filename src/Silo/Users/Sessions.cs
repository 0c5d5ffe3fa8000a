using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Options;
using Scheduler.Contracts.Users;
using Scheduler.Silo.Storage.Users;

namespace Scheduler.Silo.Users;

/// <summary>
/// Sessions in the database, and beside them a short memory of those in use: most requests cost no query, and what another
/// process ends is forgotten here within <see cref="UserOptions.SessionTrustedFor"/>.
/// </summary>
internal sealed class Sessions(SessionStore sessions, UserStore users, IOptions<UserOptions> options, TimeProvider clock)
    : ISessions, IDisposable
{
    private const int Remembered = 20_000;

    private readonly UserOptions options = options.Value;
    private readonly MemoryCache trusted = new(new MemoryCacheOptions { SizeLimit = Remembered });

    public async Task<string> OpenAsync(User user, string remoteAddress, CancellationToken cancellationToken)
    {
        var id = SessionToken.Create();
        var now = clock.GetUtcNow();
        var session = new StoredSession(user.Name, ExpiryFrom(now));
        await sessions.AddAsync(SessionToken.TryHash(id)!, session, remoteAddress, now, options.SessionsPerUser, cancellationToken);
        return id;
    }

    public async Task<User?> FindAsync(string sessionId, CancellationToken cancellationToken)
    {
        if (SessionToken.TryHash(sessionId) is not { } hash) return null;

        var now = clock.GetUtcNow();
        if (trusted.TryGetValue<Trusted>(hash, out var known) && now < known!.Until) return known.User;

        if (await sessions.FindAsync(hash, now, cancellationToken) is not { } session) return null;
        if (await users.FindAsync(session.UserName, cancellationToken) is not { User: var user }) return null;

        if (session.ExpiresAt < now + options.SessionLifetime)
            await sessions.ProlongAsync(hash, ExpiryFrom(now), cancellationToken);
        trusted.Set(hash, new Trusted(user, now + options.SessionTrustedFor), new MemoryCacheEntryOptions { Size = 1 });
        return user;
    }

    public async Task CloseAsync(string sessionId, CancellationToken cancellationToken)
    {
        if (SessionToken.TryHash(sessionId) is not { } hash) return;

        await sessions.RemoveAsync(hash, cancellationToken);
        trusted.Remove(hash);
    }

    public void Dispose() => trusted.Dispose();

    // Longer than the lifetime by the time between two prolongations, so that a request without one costs nobody any of it.
    private DateTimeOffset ExpiryFrom(DateTimeOffset now) => now + options.SessionLifetime + options.SessionProlongEvery;

    private sealed record Trusted(User User, DateTimeOffset Until);
}
