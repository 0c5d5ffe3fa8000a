using System.Buffers;

namespace Scheduler.Silo.Nodes.Parameters;

/// <summary>Finds <c>${name}</c>, where a name has letters, digits, dots and underscores only. Anything else stays literal text.</summary>
internal static class ReferenceScanner
{
    private static readonly SearchValues<char> NameCharacters =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._");

    /// <summary>False when nothing in a text can be replaced, neither a <c>${…}</c> nor a <c>$(…)</c>.</summary>
    public static bool MayHold(string text) => text.Contains("${", StringComparison.Ordinal) || text.Contains("$(", StringComparison.Ordinal);

    /// <summary>The first reference at or behind a position; null when there is none.</summary>
    public static Reference? Find(string text, int position)
    {
        for (var start = text.IndexOf("${", position, StringComparison.Ordinal); start >= 0;
             start = text.IndexOf("${", start + 2, StringComparison.Ordinal))
        {
            var rest = text.AsSpan(start + 2);
            var length = rest.IndexOfAnyExcept(NameCharacters);
            if (length > 0 && rest[length] == '}') return new Reference(start, start + 2 + length + 1, rest[..length].ToString());
        }

        return null;
    }
}

/// <summary>A <c>${name}</c> in a text.</summary>
/// <param name="Start">Position of the dollar sign.</param>
/// <param name="End">Position behind the closing brace.</param>
/// <param name="Name">What stands between the braces.</param>
internal readonly record struct Reference(int Start, int End, string Name);
