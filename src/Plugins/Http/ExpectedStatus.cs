using System.Globalization;

namespace Scheduler.Plugins.Http;

/// <summary>Status codes that are wanted: numbers such as <c>204</c> and classes such as <c>2xx</c>.</summary>
internal static class ExpectedStatus
{
    public static bool IsWellFormed(string text) =>
        text.Length == 3 && text[0] is >= '1' and <= '5'
        && ((char.IsAsciiDigit(text[1]) && char.IsAsciiDigit(text[2])) || text.EndsWith("xx", StringComparison.OrdinalIgnoreCase));

    public static bool Has(IReadOnlyList<string> expected, int status)
    {
        var code = status.ToString(CultureInfo.InvariantCulture);
        return expected.Any(text => text == code || (text[0] == code[0] && text[1] is ('x' or 'X')));
    }

    /// <summary>Servers say these in bad moments that pass.</summary>
    public static bool MayPass(int status) => status is 408 or 425 or 429 or >= 500;
}
