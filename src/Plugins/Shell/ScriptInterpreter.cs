using Scheduler.Plugins.ProcessJobs;

namespace Scheduler.Plugins.Shell;

/// <summary>Which program runs a script.</summary>
internal static class ScriptInterpreter
{
    private const string ShebangSign = "#!";

    private static readonly string s_default = IsOnPath("bash") ? "bash" : "sh";

    /// <summary>The property <c>interpreter</c>, else the <c>#!</c> line, else bash where there is one.</summary>
    public static IReadOnlyList<string> Choose(string? property, string script)
    {
        var given = CommandTokenizer.Split(property ?? "");
        if (given.Count > 0) return given;

        var named = Shebang(script);
        return named.Length > 0 ? named : [s_default];
    }

    /// <summary>As the kernel reads it: the program, and everything behind it as one argument.</summary>
    private static string[] Shebang(string script)
    {
        if (!script.StartsWith(ShebangSign, StringComparison.Ordinal)) return [];

        var line = script.AsSpan(ShebangSign.Length);
        if (line.IndexOf('\n') is >= 0 and var end) line = line[..end];
        return line.ToString().Split([' ', '\t'], 2, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
    }

    private static bool IsOnPath(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(folder => File.Exists(Path.Combine(folder, program)));
}
