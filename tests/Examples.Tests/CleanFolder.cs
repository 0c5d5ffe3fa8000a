namespace Scheduler.Examples.Tests;

/// <summary>
/// An empty folder as on a machine that knows the packages of others but none of Scheduler, and has no network. What is installed in it
/// stays in it.
/// </summary>
internal sealed class CleanFolder : IDisposable
{
    private const string OwnPackages = "scheduler.";

    private readonly string _root = Directory.CreateTempSubdirectory("scheduler-guide-").FullName;

    public CleanFolder()
    {
        Path = Directory.CreateDirectory(In("work")).FullName;
        File.WriteAllText(System.IO.Path.Combine(Path, "nuget.config"), "<configuration><packageSources><clear /></packageSources></configuration>");

        Directory.CreateDirectory(In("cache"));
        foreach (var package in Directory.EnumerateDirectories(MachineCache))
            if (System.IO.Path.GetFileName(package) is var name && !name.StartsWith(OwnPackages, StringComparison.Ordinal))
                Directory.CreateSymbolicLink(In($"cache/{name}"), package);
    }

    /// <summary>For builds that must not outlive the test: a compiler that stays would keep its output open.</summary>
    public static Dictionary<string, string> BuildVariables => new()
    {
        ["MSBUILDDISABLENODEREUSE"] = "1",
        ["UseSharedCompilation"] = "false",
    };

    public string Path { get; }

    /// <summary>Where the plugin is installed.</summary>
    public string Plugins => In("plugins");

    public Dictionary<string, string> Variables => new(BuildVariables)
    {
        ["SCHEDULER"] = Repository.Root,
        ["PLUGINS"] = Plugins,
        ["DOTNET_CLI_HOME"] = In("home"),
        ["NUGET_PACKAGES"] = In("packages"),
        ["NUGET_FALLBACK_PACKAGES"] = In("cache"),
    };

    private static string MachineCache =>
        Environment.GetEnvironmentVariable("NUGET_PACKAGES")
        ?? System.IO.Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private string In(string name) => System.IO.Path.Combine(_root, name);
}
