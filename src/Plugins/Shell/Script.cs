using System.Text;
using Scheduler.Contracts.Plugins;
using Scheduler.Plugins.PackageFiles;
using Scheduler.Plugins.ProcessJobs;

namespace Scheduler.Plugins.Shell;

/// <summary>A script ready to run.</summary>
/// <param name="Path">Of the package's own file; null for a script that must be written to a file first.</param>
/// <param name="Content">UTF-8.</param>
/// <param name="Interpreter">The program that runs it and the words before the file's name; never empty.</param>
/// <param name="Warnings">What its author should know; empty most of the time.</param>
internal sealed record Script(string? Path, byte[] Content, IReadOnlyList<string> Interpreter, IReadOnlyList<string> Warnings)
{
    private const char ByteOrderMark = '\uFEFF';
    private const string Hint = "Set script.normalize=true to have it removed.";

    /// <returns>The script, or the failure that the attempt ends with.</returns>
    public static async Task<(Script? Script, NodeResult.Failed? Failure)> ReadAsync(
        ShellSettings settings, NodeContext context, int limit, CancellationToken cancellationToken)
    {
        if (settings.Script is not null && settings.ScriptFile is not null)
            return (null, new("shell.two-scripts", "There is a script and a script.file; only one can run", CanRetry: false));
        if (settings.ScriptFile is not { } given) return Inline(settings, limit);

        var (file, failure) = await PackageFile.ReadAsync(context, "script.file", given, limit, cancellationToken);
        if (file is null) return (null, failure);

        // In its own place, so that it finds its neighbours.
        var script = Of(settings, Encoding.UTF8.GetString(file.Content));
        return (settings.ScriptNormalize ? script : script with { Path = file.Path }, null);
    }

    private static (Script? Script, NodeResult.Failed? Failure) Inline(ShellSettings settings, int limit)
    {
        if (settings.Script is not { } text) return (null, PropertyReader.Missing("script"));
        if (text.IndexOf('\0') is >= 0 and var zero)
            return (null, new("shell.zero-character", $"The script has a zero character at position {zero}", CanRetry: false));
        if (Encoding.UTF8.GetByteCount(text) is var size && size > limit)
            return (null, new("shell.too-long", $"The script has {size} bytes; at most {limit} are allowed", CanRetry: false));

        return (Of(settings, text), null);
    }

    private static Script Of(ShellSettings settings, string text)
    {
        if (settings.ScriptNormalize) text = text.TrimStart(ByteOrderMark).Replace("\r\n", "\n", StringComparison.Ordinal);
        return new(null, Encoding.UTF8.GetBytes(text), ScriptInterpreter.Choose(settings.Interpreter, text), [.. Warn(text)]);
    }

    private static IEnumerable<string> Warn(string text)
    {
        if (text.StartsWith(ByteOrderMark)) yield return $"The script starts with a byte order mark, which spoils its first line. {Hint}";
        if (text.Contains("\r\n", StringComparison.Ordinal))
            yield return $"The script has Windows line ends; shells take the carriage return as part of the line. {Hint}";
    }
}
