namespace Scheduler.Cluster.Tests.Nodes;

/// <summary>The plugins of the sample project, as it was built beside this one.</summary>
internal static class SamplePlugin
{
    /// <summary>Puts them where a server with this data folder finds them.</summary>
    public static void Install(string data, string isolation)
    {
        var built = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "../..", "SamplePlugins", new DirectoryInfo(AppContext.BaseDirectory).Name));
        var folder = Directory.CreateDirectory(Path.Combine(data, "plugins", "samples")).FullName;
        foreach (var file in Directory.EnumerateFiles(built)) File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        File.WriteAllText(
            Path.Combine(folder, "plugin.json"),
            $$"""{ "name": "samples", "version": "1.0", "assembly": "Scheduler.SamplePlugins.dll", "contracts": "0.1", "isolation": "{{isolation}}" }""");
    }
}
