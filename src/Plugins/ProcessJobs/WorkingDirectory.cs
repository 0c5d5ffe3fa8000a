using System.Runtime.InteropServices;
using Scheduler.Contracts.Plugins;
using Scheduler.Plugins.Processes.Native;

namespace Scheduler.Plugins.ProcessJobs;

/// <summary>Where a job runs: <c>working.dir</c>, which must lie inside the node's own directory once all links are followed.</summary>
internal static class WorkingDirectory
{
    /// <param name="given">The property; null or empty for the default directory. A relative path starts there.</param>
    /// <param name="defaultDirectory">Absolute, exists.</param>
    /// <param name="directory">Absolute, exists.</param>
    public static NodeResult.Failed? Resolve(string? given, string defaultDirectory, out string directory)
    {
        directory = defaultDirectory;
        if (string.IsNullOrEmpty(given) || given == defaultDirectory) return null;

        var lexical = Path.GetFullPath(given, defaultDirectory);
        var canonical = Canonical(Path.Combine(defaultDirectory, given));
        var isInside = canonical is null
            ? IsInside(lexical, Path.GetFullPath(defaultDirectory))
            : IsInside(canonical, Canonical(defaultDirectory) ?? defaultDirectory);
        if (!isInside)
        {
            var text = $"Specified working.dir is not valid: {given}. Must be a subdirectory of {defaultDirectory}";
            return new("working-dir.outside", text, CanRetry: false);
        }

        if (!Directory.Exists(canonical))
            return new("working-dir.missing", $"Specified working.dir does not exist: {given}", CanRetry: false);

        directory = canonical;
        return null;
    }

    /// <summary>With the separator, so that <c>/exec/7-evil</c> is not inside <c>/exec/7</c>.</summary>
    public static bool IsInside(string path, string directory) =>
        path == directory || path.StartsWith(directory.TrimEnd('/') + '/', StringComparison.Ordinal);

    /// <returns>Null when nothing is there, or a part of the way may not be entered.</returns>
    public static unsafe string? Canonical(string path)
    {
        var resolved = Libc.RealPath(path, null);
        if (resolved is null) return null;

        var text = Marshal.PtrToStringUTF8((nint)resolved);
        Libc.Free(resolved);
        return text;
    }
}
