using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Scheduler.Examples.Tests;

/// <summary>
/// A page of the documentation. A block of commands has a comment above it that names it, <c>test: name</c>; other code has one that says in
/// which file it stands, <c>from: path</c>.
/// </summary>
internal sealed partial class Page(string path)
{
    private readonly string _text = File.ReadAllText(Path.Combine(Repository.Root, path));

    /// <summary>All code that is no command: its file, null when it is not said, and the text.</summary>
    public IEnumerable<(string? File, string Code)> Code =>
        Blocks.Matches(_text).Where(block => !block.Groups["comment"].Value.StartsWith("test: ", StringComparison.Ordinal))
            .Select(block => (FileOf(block.Groups["comment"].Value), block.Groups["code"].Value));

    /// <summary>Runs a block with <c>bash -eu</c> and gives what it printed.</summary>
    public async Task<string> RunAsync(string name, string folder, Dictionary<string, string> variables, int minutes = 2)
    {
        var start = new ProcessStartInfo("bash", ["-eu", "-c", Commands(name)])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (variable, value) in variables) start.Environment[variable] = value;

        using var bash = Process.Start(start)!;
        using var deadline = new CancellationTokenSource(TimeSpan.FromMinutes(minutes));
        var output = bash.StandardOutput.ReadToEndAsync(deadline.Token);
        var errors = bash.StandardError.ReadToEndAsync(deadline.Token);
        try
        {
            await bash.WaitForExitAsync(deadline.Token);
        }
        finally
        {
            if (!bash.HasExited) bash.Kill(entireProcessTree: true);
        }

        Assert.True(bash.ExitCode == 0, $"Exit code {bash.ExitCode}\n{await output}\n{await errors}");
        return await output;
    }

    private string Commands(string name) =>
        Blocks.Matches(_text).FirstOrDefault(block => block.Groups["comment"].Value == $"test: {name}")?.Groups["code"].Value
        ?? throw new InvalidDataException($"{path} has no block '{name}'");

    private static string? FileOf(string comment) => comment.StartsWith("from: ", StringComparison.Ordinal) ? comment["from: ".Length..] : null;

    [GeneratedRegex("(?:<!-- (?<comment>[^\n]*) -->\n)?^```[a-z]+\n(?<code>.*?)^```$", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Blocks { get; }
}
