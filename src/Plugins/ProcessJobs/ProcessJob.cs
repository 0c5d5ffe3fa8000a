using System.Globalization;
using Scheduler.Contracts.Plugins;
using Scheduler.Plugins.Processes;

namespace Scheduler.Plugins.ProcessJobs;

/// <summary>
/// What all job types have in common that are processes: a checked working directory, the files and variables of section 4.8 of
/// the Azkaban specification, commands one after the other, output properties. Its files go when it is disposed.
/// </summary>
internal sealed class ProcessJob : IDisposable
{
    private readonly NodeContext _context;
    private readonly ProcessOptions _options;
    private readonly TimeSpan? _grace;
    private readonly ScratchFile _propertiesFile;
    private readonly ScratchFile _outputFile;
    private string _outputPath;

    private ProcessJob(NodeContext context, ProcessOptions options, ScratchFiles scratch, string directory, TimeSpan? grace)
    {
        (_context, _options, Directory, _grace) = (context, options, directory, grace);
        Files = new JobFiles(directory, context.Attempt);
        _propertiesFile = scratch.Lend(JavaProperties.Write(context.Properties));
        _outputFile = scratch.Lend([]);
        _outputPath = _outputFile.Path;
        Environment = JobEnvironment.Create(context, _propertiesFile.Path, _outputFile.Path);
    }

    /// <summary>Absolute, exists.</summary>
    public string Directory { get; }

    public JobFiles Files { get; }

    /// <summary>Of every command; a type may add to it.</summary>
    public Dictionary<string, string> Environment { get; }

    /// <returns>The job, or the failure that the attempt ends with.</returns>
    public static async Task<(ProcessJob? Job, NodeResult.Failed? Failure)> OpenAsync(
        NodeContext context, ProcessOptions options, ScratchFiles scratch, CancellationToken cancellationToken)
    {
        if (context.Properties.ReadMilliseconds("kill.grace.ms", out var grace) is { } badGrace) return (null, badGrace);

        var home = await context.GetDefaultDirectoryAsync(cancellationToken);
        var failure = WorkingDirectory.Resolve(context.Properties.GetValueOrDefault("working.dir"), home, out var directory);
        if (failure is not null) return (null, failure);

        if (context.Properties.IsTrue("job.dump.properties")) await PropertyDump.WriteAsync(context, cancellationToken);
        return (new ProcessJob(context, options, scratch, directory, grace), null);
    }

    /// <summary>
    /// Another user of the system runs the commands: that user gets files of its own for properties and outputs. Those on loan are for
    /// this process's user, and go from attempt to attempt.
    /// </summary>
    public void HandOver(SystemUser user)
    {
        Environment["JOB_PROP_FILE"] = Files.Create("properties", JavaProperties.Write(_context.Properties), user);
        Environment["JOB_OUTPUT_PROP_FILE"] = _outputPath = Files.Create("outputs", [], user);
    }

    /// <summary>Runs the commands in order and stops at the first that does not end well.</summary>
    /// <param name="commands">Each the program and its arguments.</param>
    /// <param name="cancellationToken">Ends all processes of the attempt.</param>
    public async Task<NodeResult> RunAsync(IReadOnlyList<IReadOnlyList<string>> commands, CancellationToken cancellationToken)
    {
        await InfoAsync($"{commands.Count} commands to execute in {Directory}");
        foreach (var words in commands)
            if (await RunAsync(words, cancellationToken) is { } failure) return failure;

        return await ReadOutputsAsync();
    }

    public void Dispose()
    {
        AttemptProcess.Leave(_context.Marker, _options);
        Files.Dispose();
        _propertiesFile.Dispose();
        _outputFile.Dispose();
    }

    private async Task<NodeResult.Failed?> RunAsync(IReadOnlyList<string> words, CancellationToken cancellationToken)
    {
        await InfoAsync($"Command: {string.Join(' ', words)}");
        var start = new ProcessStart
        {
            Program = words[0],
            Arguments = [.. words.Skip(1)],
            Directory = Directory,
            Environment = Environment,
            Marker = _context.Marker,
            Clock = _context.Clock,
        };

        var began = _context.Clock.GetTimestamp();
        var ending = await AttemptProcess.RunAsync(start, _context.Log, _options, _grace, cancellationToken);
        var seconds = _context.Clock.GetElapsedTime(began).TotalSeconds;
        var failure = Judge(ending);
        var word = failure is null ? "successfully" : "unsuccessfully";
        await InfoAsync(string.Create(CultureInfo.InvariantCulture, $"Process completed {word} in {(long)seconds} seconds."));
        return failure;
    }

    private static NodeResult.Failed? Judge(ProcessEnding ending) => ending switch
    {
        ProcessEnding.Exited { Code: 0 } => null,
        ProcessEnding.Exited { Signal: { } signal, Code: var code } =>
            new("process.signal", $"The command was ended by signal {signal} (exit code {code})"),
        ProcessEnding.Exited { Code: var code } => new("process.exit-code", $"The command ended with exit code {code}"),
        ProcessEnding.NotStarted refusal => new("process.not-started", refusal.Message, refusal.CanRetry),
        _ => throw new InvalidOperationException($"Unknown ending {ending}"),
    };

    /// <summary>A file that cannot be used fails nobody: the job's own work is done.</summary>
    private async Task<NodeResult> ReadOutputsAsync()
    {
        var problem = JobFiles.Read(_outputPath, _options.MaxOutputProperties, out var content);
        if (problem is null && content.Length == 0) return NodeResult.Succeeded.WithoutOutputs;

        Dictionary<string, string> outputs = [];
        problem ??= OutputProperties.Parse(content, out outputs);
        if (problem is not null) await _context.Log.WriteLineAsync(LogLevel.Error, $"The output properties are ignored: {problem}");

        foreach (var key in outputs.Keys.Where(OutputProperties.IsReserved).ToList())
        {
            outputs.Remove(key);
            await _context.Log.WriteLineAsync(LogLevel.Warn, $"The output property {key} is ignored: its name is reserved");
        }

        return new NodeResult.Succeeded(outputs);
    }

    private ValueTask InfoAsync(string message) => _context.Log.WriteLineAsync(LogLevel.Info, message);
}
