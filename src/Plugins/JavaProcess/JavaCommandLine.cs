using Scheduler.Plugins.ProcessJobs;

namespace Scheduler.Plugins.JavaProcess;

/// <summary><c>java &lt;jvm.args&gt; -Xms… -Xmx… -cp a:b Class args</c></summary>
internal static class JavaCommandLine
{
    /// <summary>Null when the job names none.</summary>
    public static string? MainClass(IReadOnlyDictionary<string, string> properties) =>
        properties.GetValueOrDefault("java.class") ?? properties.GetValueOrDefault("job.class");

    /// <param name="properties">What the author wrote is cut into words as Azkaban cuts a command line.</param>
    /// <param name="mainClass">Its full name.</param>
    /// <param name="directory">Its <c>*.jar</c> files are the class path of a job that names none.</param>
    public static IReadOnlyList<string> Create(IReadOnlyDictionary<string, string> properties, string mainClass, string directory)
    {
        var classPath = ClassPath(properties.GetValueOrDefault("classpath"), directory);
        return
        [
            "java",
            .. CommandTokenizer.Split(properties.GetValueOrDefault("jvm.args", "")),
            .. CommandTokenizer.Split("-Xms" + properties.GetValueOrDefault("Xms", "64M")),
            .. CommandTokenizer.Split("-Xmx" + properties.GetValueOrDefault("Xmx", "256M")),
            .. classPath.Length == 0 ? [] : (string[])["-cp", classPath],
            .. CommandTokenizer.Split(mainClass),
            .. CommandTokenizer.Split(properties.GetValueOrDefault("main.args", "")),
        ];
    }

    private static string ClassPath(string? given, string directory)
    {
        if (given is null) return string.Join(':', Jars(directory));

        var parts = given.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return string.Join(' ', CommandTokenizer.Split(string.Join(':', parts)));
    }

    private static IEnumerable<string> Jars(string directory) =>
        Directory.EnumerateFiles(directory, "*.jar").Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal);
}
