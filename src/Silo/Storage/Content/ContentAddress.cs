using System.Security.Cryptography;

namespace Scheduler.Silo.Storage.Content;

/// <summary>Addresses are SHA-256 in lower-case hex.</summary>
internal static class ContentAddress
{
    public const int HexLength = 64;

    public static string Of(ReadOnlySpan<byte> content) => Convert.ToHexStringLower(SHA256.HashData(content));

    /// <exception cref="ArgumentException">It is not an address, or not that of the content.</exception>
    public static void Verify(string sha256, ReadOnlySpan<byte> content)
    {
        if (Of(content) != sha256) throw new ArgumentException($"The content does not have the address {sha256}", nameof(sha256));
    }

    /// <summary>False for anything that is not an address, so that it can be part of a path.</summary>
    public static bool IsValid(string sha256) => sha256.Length == HexLength && sha256.All(char.IsAsciiHexDigitLower);

    public static KeyNotFoundException NotFound(string sha256) => new($"No content with the address {sha256} is stored");
}
