using System.Diagnostics;
using System.Text;

namespace Scheduler.Cluster.Tests.Cli;

/// <summary>How a command ended and what it wrote.</summary>
internal sealed record CommandResult(int Code, string Output, string Errors);

/// <summary><c>scheduler</c> as a process of its own, in a folder of its own that also holds its temporary files.</summary>
internal sealed class CommandFolder : IDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(90);

    public string Path { get; } = Directory.CreateTempSubdirectory("scheduler-cli-").FullName;

    /// <summary>Where the commands put their temporary files.</summary>
    public string Temporary { get; } = Directory.CreateTempSubdirectory("scheduler-cli-tmp-").FullName;

    /// <summary>How a shell starts the program.</summary>
    public static string Program { get; } = $"dotnet {System.IO.Path.Combine(AppContext.BaseDirectory, "scheduler.dll")}";

    /// <summary>Writes a package folder.</summary>
    /// <returns>Its name, relative to <see cref="Path"/>.</returns>
    public string Package(string name, params (string File, string Text)[] files)
    {
        foreach (var (file, text) in files)
        {
            var path = System.IO.Path.Combine(Path, name, file);
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
            File.WriteAllText(path, text);
        }

        return name;
    }

    /// <summary>Runs a command to its end.</summary>
    public Task<CommandResult> RunAsync(params string[] arguments) => PipeAsync("", arguments);

    /// <summary>Runs a command to its end with this as its standard input.</summary>
    public async Task<CommandResult> PipeAsync(string input, params string[] arguments)
    {
        using var process = Start(arguments);
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        return await EndOfAsync(process, "");
    }

    /// <summary>Runs a line of shell on a terminal of 100 by 40.</summary>
    /// <param name="line">It must not hold double quotes.</param>
    /// <param name="answers">What to type once a prompt has appeared, in order.</param>
    public async Task<CommandResult> RunOnTerminalAsync(string line, params (string Prompt, string Typed)[] answers)
    {
        using var process = Start("script", ["-qec", $"stty cols 100 rows 40; {line}", "/dev/null"]);
        var seen = new StringBuilder();
        foreach (var (prompt, typed) in answers)
        {
            await ReadUntilAsync(process, prompt, seen);
            await process.StandardInput.WriteAsync($"{typed}\r");
            await process.StandardInput.FlushAsync();
        }

        return await EndOfAsync(process, seen.ToString());
    }

    public Process Start(params string[] arguments) =>
        Start("dotnet", [System.IO.Path.Combine(AppContext.BaseDirectory, "scheduler.dll"), .. arguments]);

    /// <summary>Reads what is left of the output and waits for the end.</summary>
    public static async Task<CommandResult> EndOfAsync(Process process, string outputSoFar, TimeSpan? patience = null)
    {
        using var deadline = new CancellationTokenSource(patience ?? Deadline);
        var output = process.StandardOutput.ReadToEndAsync(deadline.Token);
        var errors = process.StandardError.ReadToEndAsync(deadline.Token);
        try
        {
            await process.WaitForExitAsync(deadline.Token);
            return new(process.ExitCode, outputSoFar + await output, await errors);
        }
        finally
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
        }
    }

    private static async Task ReadUntilAsync(Process process, string text, StringBuilder seen)
    {
        using var deadline = new CancellationTokenSource(Deadline);
        var (from, buffer) = (seen.Length, new char[256]);
        while (!seen.ToString(from, seen.Length - from).Contains(text, StringComparison.Ordinal))
        {
            var read = await process.StandardOutput.ReadAsync(buffer, deadline.Token);
            if (read == 0) throw new InvalidOperationException($"It ended before it asked '{text}': {seen}");
            seen.Append(buffer, 0, read);
        }
    }

    public void Dispose()
    {
        Directory.Delete(Path, recursive: true);
        Directory.Delete(Temporary, recursive: true);
    }

    private Process Start(string program, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = Path,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        (start.Environment["TMPDIR"], start.Environment["TERM"]) = (Temporary, "xterm-256color");
        return Process.Start(start)!;
    }
}
