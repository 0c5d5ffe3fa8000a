using System.Text;
using Scheduler.Contracts.Plugins;
using Scheduler.Plugins.ProcessJobs;

namespace Scheduler.Plugins.Sql.Scripts;

/// <summary>A script as its author wrote it.</summary>
/// <param name="Text">Without a byte order mark.</param>
/// <param name="Name">Of its file or its setting, for messages.</param>
/// <param name="IsInline">It is a setting, so that it may refer to secrets.</param>
internal sealed record ScriptText(string Text, string Name, bool IsInline)
{
    private const int LargestFile = 64 * 1024 * 1024;

    private static readonly UTF8Encoding s_strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <param name="path">From the directory of the node, or from the root of the package.</param>
    /// <param name="context">Of the attempt.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The script, or why there is none.</returns>
    public static async Task<(ScriptText? Script, NodeResult.Failed? Failure)> ReadFileAsync(
        string path, NodeContext context, CancellationToken cancellationToken)
    {
        var package = await context.GetPackageDirectoryAsync(cancellationToken);
        var home = await context.GetDefaultDirectoryAsync(cancellationToken);
        var found = WorkingDirectory.Canonical(Path.Combine(home, path)) ?? WorkingDirectory.Canonical(Path.Combine(package, path));
        if (found is null || !File.Exists(found)) return (null, Failure("sql.no-file", $"There is no file {path} in the package"));
        if (!WorkingDirectory.IsInside(found, WorkingDirectory.Canonical(package) ?? package))
            return (null, Failure("sql.file-outside", $"{path} lies outside of the package"));
        if (new FileInfo(found).Length is var length and > LargestFile)
            return (null, Failure("sql.file-too-large", $"{path} has {length} bytes; at most {LargestFile} are allowed"));

        var bytes = await File.ReadAllBytesAsync(found, cancellationToken);
        try
        {
            return (new(s_strict.GetString(WithoutMark(bytes)), path, IsInline: false), null);
        }
        catch (DecoderFallbackException bad)
        {
            return (null, Failure("sql.not-utf8", $"{path} is not in UTF-8: byte {bad.Index + 1} cannot be read. Convert the file, or write the script into the node"));
        }
    }

    private static ReadOnlySpan<byte> WithoutMark(byte[] bytes) =>
        bytes.AsSpan().StartsWith(Encoding.UTF8.Preamble) ? bytes.AsSpan(Encoding.UTF8.Preamble.Length) : bytes;

    private static NodeResult.Failed Failure(string code, string message) => new(code, message, CanRetry: false);
}
