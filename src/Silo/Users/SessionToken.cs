using System.Security.Cryptography;
using System.Text;

namespace Scheduler.Silo.Users;

/// <summary>
/// Session ids: 256 random bits as 64 lower-case hex digits, the characters clients know from Azkaban's UUIDs. Only the hash of
/// one is kept, so that a copy of the database opens no session.
/// </summary>
internal static class SessionToken
{
    private const int Length = 64;

    public static string Create() => RandomNumberGenerator.GetHexString(Length, lowercase: true);

    /// <summary>Lower-case hex of the id's SHA-256; null for text that can be no id of ours.</summary>
    public static string? TryHash(string sessionId) =>
        sessionId.Length == Length ? Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(sessionId))) : null;
}
