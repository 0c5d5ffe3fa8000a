using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Scheduler.Contracts.Secrets;

/// <summary>What names and values of secrets and data sources look like.</summary>
public static partial class SecretRules
{
    /// <summary>Small letters, digits, dots and hyphens; begins and ends with a letter or digit.</summary>
    public static bool IsName(string name, SecretOptions limits) => name.Length <= limits.LongestName && NamePattern().IsMatch(name);

    /// <summary>Null when it is a name.</summary>
    /// <param name="kind">Front of the code: <c>secret</c> or <c>datasource</c>.</param>
    /// <param name="name">As typed.</param>
    /// <param name="limits">Options.</param>
    public static Fault? CheckName(string kind, string name, SecretOptions limits) => IsName(name, limits)
        ? null
        : new(
            $"{kind}.invalid-name",
            Text($"A name has 1 to {limits.LongestName} small letters, digits, dots and hyphens, and begins and ends with a letter or digit."),
            "name");

    /// <summary>Null when it can be kept and masked.</summary>
    /// <param name="kind">Front of the code: <c>secret</c> or <c>datasource</c>.</param>
    /// <param name="value">A secret or a password.</param>
    /// <param name="limits">Options.</param>
    public static Fault? CheckValue(string kind, string value, SecretOptions limits)
    {
        var code = $"{kind}.invalid-value";
        if (value.Contains('\0')) return new(code, "A value holds no zero character: no environment variable could hold it.", "value");
        if (value.Trim().Length < SecretOptions.ShortestValue)
        {
            var text = Text($"A value has at least {SecretOptions.ShortestValue} characters beside blanks: a shorter one could not be masked in logs.");
            return new(code, text, "value");
        }

        if (value.AsSpan().ContainsSurrogateHalf()) return new(code, "A value is text: it has half of a character in it.", "value");
        return Encoding.UTF8.GetByteCount(value) > limits.LongestValue
            ? new(code, Text($"A value has at most {limits.LongestValue} bytes."), "value")
            : null;
    }

    private static bool ContainsSurrogateHalf(this ReadOnlySpan<char> text)
    {
        while (!text.IsEmpty)
        {
            if (Rune.DecodeFromUtf16(text, out _, out var length) != System.Buffers.OperationStatus.Done) return true;
            text = text[length..];
        }

        return false;
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    [GeneratedRegex(@"\A[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?\z", RegexOptions.CultureInvariant)]
    private static partial Regex NamePattern();
}
