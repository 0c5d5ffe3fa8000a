using Scheduler.Contracts.Projects;

namespace Scheduler.Silo.Cli.Run;

/// <summary>Where a package lies on this machine.</summary>
internal abstract record PackagePath
{
    private PackagePath() { }

    internal sealed record Folder(string Path) : PackagePath;

    internal sealed record Archive(string Path) : PackagePath;

    internal sealed record Missing(string Path) : PackagePath
    {
        public override string ToString() => $"There is no file or folder '{Path}'.";
    }

    /// <param name="path">As typed.</param>
    public static PackagePath Find(string path)
    {
        if (Directory.Exists(path)) return new Folder(System.IO.Path.GetFullPath(path));
        return File.Exists(path) ? new Archive(System.IO.Path.GetFullPath(path)) : new Missing(path);
    }

    /// <summary>A name for the project, as close to that of the file or folder as <see cref="ProjectRules"/> allow.</summary>
    /// <param name="path">Without an extension.</param>
    public static string ProjectNameFor(string path)
    {
        var letters = System.IO.Path.GetFileName(path).Take(ProjectRules.MaximumNameLength)
            .Select(letter => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '|' ? letter : '-');
        var name = string.Concat(letters);
        return ProjectRules.IsName(name) ? name : "package";
    }
}
