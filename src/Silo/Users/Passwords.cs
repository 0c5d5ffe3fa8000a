using System.Security.Cryptography;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Scheduler.Silo.Users;

/// <summary>What comparing a password with a stored hash says.</summary>
internal enum PasswordCheck
{
    Wrong = 0,
    Right = 1,

    /// <summary>Right, and stored with an older policy: hash it again.</summary>
    Outdated = 2,
}

/// <summary>
/// One-way storage of passwords: salted PBKDF2 in the format of ASP.NET Core Identity, which carries its own parameters. A check
/// takes the same work whether the account exists or not.
/// </summary>
internal sealed class Passwords(IOptions<UserOptions> options)
{
    /// <summary>UTF-16 units. Bounds what a request can make us hash.</summary>
    public const int MaximumLength = 256;

    // Identity hashes per user object; nothing of the user enters the hash.
    private const string Anybody = "";

    private readonly PasswordHasher<string> hasher =
        new(Options.Create(new PasswordHasherOptions { IterationCount = options.Value.PasswordIterations }));

    private Lazy<string> Decoy => field ??= new(() => hasher.HashPassword(Anybody, Generate()));

    public string Hash(string password) => hasher.HashPassword(Anybody, password);

    /// <param name="stored">Null for an account that does not exist; the answer is then always wrong.</param>
    /// <param name="password">As typed.</param>
    public PasswordCheck Check(string? stored, string password)
    {
        var decoy = Decoy.Value;
        var result = hasher.VerifyHashedPassword(Anybody, stored ?? decoy, password);
        if (stored is null) return PasswordCheck.Wrong;

        return result switch
        {
            PasswordVerificationResult.Success => PasswordCheck.Right,
            PasswordVerificationResult.SuccessRehashNeeded => PasswordCheck.Outdated,
            _ => PasswordCheck.Wrong,
        };
    }

    /// <summary>A password nobody can guess: 120 random bits in letters and digits that are hard to confuse.</summary>
    public static string Generate() => RandomNumberGenerator.GetString("abcdefghijkmnpqrstuvwxyz23456789", 24);
}
