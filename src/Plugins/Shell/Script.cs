using System.Text;
using Scheduler.Contracts.Plugins;
using Scheduler.Plugins.ProcessJobs;

namespace Scheduler.Plugins.Shell;

/// <summary>A script ready to be written to a file.</summary>
/// <param name="Content">UTF-8.</param>
/// <param name="Interpreter">The program that runs it and the words before the file's name; never empty.</param>
/// <param name="Warnings">What its author should know; empty most of the time.</param>
internal sealed record Script(byte[] Content, IReadOnlyList<string> Interpreter, IReadOnlyList<string> Warnings)
{
    private const char ByteOrderMark = '\uFEFF';
    private const string Hint = "Set script.normalize=true to have it removed.";

    private static readonly Script s_empty = new([], ["sh"], []);

    /// <param name="properties">Of the attempt: <c>script</c>, <c>interpreter</c>, <c>script.normalize</c>.</param>
    /// <param name="limit">Bytes.</param>
    /// <param name="script">Of no meaning when there is a failure.</param>
    public static NodeResult.Failed? Read(IReadOnlyDictionary<string, string> properties, int limit, out Script script)
    {
        script = s_empty;
        if (!properties.TryGetValue("script", out var text)) return PropertyReader.Missing("script");
        if (text.IndexOf('\0') is >= 0 and var zero)
            return new("shell.zero-character", $"The script has a zero character at position {zero}", CanRetry: false);
        if (Encoding.UTF8.GetByteCount(text) is var size && size > limit)
            return new("shell.too-long", $"The script has {size} bytes; at most {limit} are allowed", CanRetry: false);

        var isNormalized = properties.IsTrue("script.normalize");
        if (isNormalized) text = text.TrimStart(ByteOrderMark).Replace("\r\n", "\n", StringComparison.Ordinal);
        script = new(Encoding.UTF8.GetBytes(text), ScriptInterpreter.Choose(properties, text), [.. Warn(text)]);
        return null;
    }

    private static IEnumerable<string> Warn(string text)
    {
        if (text.StartsWith(ByteOrderMark)) yield return $"The script starts with a byte order mark, which spoils its first line. {Hint}";
        if (text.Contains("\r\n", StringComparison.Ordinal))
            yield return $"The script has Windows line ends; shells take the carriage return as part of the line. {Hint}";
    }
}
