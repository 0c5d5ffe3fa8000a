using System.Text;
using System.Text.RegularExpressions;
using Scheduler.Contracts.Plugins;

namespace Scheduler.Plugins.Http;

/// <summary>The secrets that a request carries. A server may send them back, and outputs are stored: they are covered there.</summary>
internal sealed partial class SecretsOfCall(NodeContext context)
{
    private const string Cover = "[MASKED]";

    private readonly HashSet<string> _values = new(StringComparer.Ordinal);

    public bool Any => _values.Count > 0;

    public string Reveal(string text)
    {
        foreach (Match reference in Reference().Matches(text))
            if (context.Reveal(reference.Value) is { Length: > 0 } value && value != reference.Value) _values.Add(value);
        return context.Reveal(text);
    }

    /// <summary>Covers them as they are, and as URLs and base64 have them.</summary>
    public string Hide(string text)
    {
        foreach (var value in _values.SelectMany(Forms).OrderByDescending(form => form.Length)) text = text.Replace(value, Cover, StringComparison.Ordinal);
        return text;
    }

    private static string[] Forms(string value) =>
        [value, Uri.EscapeDataString(value), Convert.ToBase64String(Encoding.UTF8.GetBytes(value)), System.Text.Json.JsonEncodedText.Encode(value).ToString()];

    [GeneratedRegex(@"\$\{secret:[^}]*\}")]
    private static partial Regex Reference();
}
