using Scheduler.Silo.Storage.Users;

namespace Scheduler.Silo.Users;

/// <summary>What the first start did about an administrator.</summary>
internal abstract record FirstAdminResult
{
    private FirstAdminResult() { }

    /// <summary>There are users; nothing was done.</summary>
    internal sealed record NotNeeded : FirstAdminResult;

    /// <summary>Made, with the password that was given.</summary>
    internal sealed record Made : FirstAdminResult;

    /// <summary>Made, with a password nobody knows yet: show it to the operator now, once. It is stored nowhere.</summary>
    internal sealed record MadeWithPassword(string Password) : FirstAdminResult;
}

/// <summary>Gives a fresh database its first user, so that no default credentials need to exist.</summary>
internal sealed class FirstAdmin(UserBook book, UserList list, Passwords passwords, TimeProvider clock)
{
    public const string Name = "admin";

    /// <summary>Where the operator may put the password of the first user.</summary>
    public const string PasswordVariable = "SCHEDULER_ADMIN_PASSWORD";

    /// <summary>Of several servers that start together exactly one makes the user.</summary>
    /// <param name="given">What the operator chose; null or empty makes one up.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="ArgumentException">The given password has more than 256 characters.</exception>
    public async Task<FirstAdminResult> EnsureAsync(string? given, CancellationToken cancellationToken)
    {
        if ((await list.ReadAsync(cancellationToken)).Count > 0) return new FirstAdminResult.NotNeeded();
        if (given?.Length > Passwords.MaximumLength)
            throw new ArgumentException($"{PasswordVariable} is longer than {Passwords.MaximumLength} characters.", nameof(given));

        var password = string.IsNullOrEmpty(given) ? Passwords.Generate() : given;
        var entry = new UserEvent(Name, clock.GetUtcNow(), $"first user {Name} made");
        var isFirst = await book.AddFirstAsync(
            new UserTie.HasRole(Name, UserAdministration.AdminRole), passwords.Hash(password), entry, cancellationToken);

        if (!isFirst) return new FirstAdminResult.NotNeeded();
        return password == given ? new FirstAdminResult.Made() : new FirstAdminResult.MadeWithPassword(password);
    }
}
