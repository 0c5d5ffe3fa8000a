using System.Runtime.CompilerServices;

namespace Scheduler.Silo.Tests.Instances;

/// <summary>
/// Committed texts that a test compares with. When a change is meant, delete the file and run the test: it writes the new one and
/// fails, and the difference shows in review.
/// </summary>
internal static class Baseline
{
    public static string[] Lines(string name) => File.ReadAllLines(PathOf(name));

    public static void Check(string name, IEnumerable<string> lines)
    {
        var path = PathOf(name);
        var isThere = File.Exists(path);
        if (!isThere)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, string.Concat(lines.Select(line => line + '\n')));
        }

        Assert.True(isThere, $"{path} did not exist and has been written; look at it and commit it.");
        Assert.Equal(File.ReadAllLines(path), lines);
    }

    private static string PathOf(string name, [CallerFilePath] string here = "") =>
        Path.Combine(Path.GetDirectoryName(here)!, "Baselines", name);
}
