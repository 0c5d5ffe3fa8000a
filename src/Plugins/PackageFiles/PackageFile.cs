using Scheduler.Contracts.Plugins;
using Scheduler.Plugins.ProcessJobs;

namespace Scheduler.Plugins.PackageFiles;

/// <summary>A file of the package that a setting names, such as <c>script.file</c>.</summary>
/// <param name="Path">Absolute, without links.</param>
/// <param name="Content">All of it.</param>
internal sealed record PackageFile(string Path, byte[] Content)
{
    /// <summary>Reads it. Nothing outside the package is ever read, links included.</summary>
    /// <param name="context">Of the attempt.</param>
    /// <param name="setting">For messages.</param>
    /// <param name="given">Relative to the directory of the node; a slash in front means the root of the package.</param>
    /// <param name="limit">Bytes.</param>
    /// <param name="cancellationToken">Of the attempt.</param>
    /// <returns>The file, or the failure that the attempt ends with.</returns>
    public static async Task<(PackageFile? File, NodeResult.Failed? Failure)> ReadAsync(
        NodeContext context, string setting, string given, int limit, CancellationToken cancellationToken)
    {
        var package = await context.GetPackageDirectoryAsync(cancellationToken);
        var start = given.StartsWith('/') ? package : await context.GetDefaultDirectoryAsync(cancellationToken);
        var path = WorkingDirectory.Canonical(System.IO.Path.Combine(start, given.TrimStart('/')));
        if (path is null || !File.Exists(path))
            return (null, new("package-file.missing", $"{setting}: the package has no file '{given}'", CanRetry: false));
        if (!WorkingDirectory.IsInside(path, WorkingDirectory.Canonical(package) ?? package))
            return (null, new("package-file.outside", $"{setting}: '{given}' is not inside the package", CanRetry: false));

        return JobFiles.Read(path, limit, out var content) is { } problem
            ? (null, new("package-file.unreadable", $"{setting}: '{given}' cannot be used: {problem}", CanRetry: false))
            : (new PackageFile(path, content), null);
    }
}
