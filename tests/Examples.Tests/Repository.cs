namespace Scheduler.Examples.Tests;

/// <summary>Where the repository's own files are.</summary>
internal static class Repository
{
    public static string Root { get; } = Find();

    public static string Examples { get; } = Path.Combine(Root, "examples");

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "Scheduler.sln")))
                return folder.FullName;

        throw new DirectoryNotFoundException("The tests do not run inside the repository");
    }
}
