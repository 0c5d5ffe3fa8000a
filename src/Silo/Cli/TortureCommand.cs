using System.CommandLine;
using System.Security.Cryptography;
using Scheduler.Silo.Cli.Run;
using Scheduler.Silo.Torture;
using Scheduler.Silo.Torture.Faults;
using Scheduler.Silo.Torture.Run;

namespace Scheduler.Silo.Cli;

/// <summary><c>scheduler torture</c>: does its worst to a cluster of its own and checks that every promise was kept.</summary>
internal static class TortureCommand
{
    private const int DefaultSilos = 3;
    private const double DefaultMinutes = 10;

    private static readonly Option<int> Silos = new("--silos") { Description = $"Processes of the cluster (default: {DefaultSilos})", DefaultValueFactory = _ => DefaultSilos };

    private static readonly Option<double> Minutes = new("--minutes")
    {
        Description = $"How long load and faults go on, in minutes; fractions are fine (default: {DefaultMinutes})",
        DefaultValueFactory = _ => DefaultMinutes,
    };

    private static readonly Option<int?> Seed = new("--seed") { Description = "Repeats the load and the faults of an earlier run (default: a new one)" };

    private static readonly Option<string?> Database = new("--database")
    {
        Description = "Connection string of an empty PostgreSQL database to be tortured (default: a server of the run's own)",
    };

    private static readonly Option<string?> PostgreSqlFolder = new("--postgres-bin")
    {
        Description = "Folder with initdb and pg_ctl for the run's own server (default: found in the PATH or where Debian keeps them)",
    };

    private static readonly Option<string?> Faults = new("--faults")
    {
        Description = $"Faults to choose from, separated by commas: {string.Join(", ", FaultKinds.AllWords)} (default: all)",
    };

    private static readonly Option<bool> Keep = new("--keep") { Description = "Keeps the scratch folder with ledgers and logs even when the verdict is clean" };

    private static readonly Option<string?> Report = new("--report") { Description = "Writes everything as JSON to this file" };

    static TortureCommand()
    {
        Silos.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > 32) result.AddError("--silos takes a number from 1 to 32.");
        });
        Minutes.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<double>() is not (> 0 and <= 10_000)) result.AddError("--minutes takes a number above 0.");
        });
        Faults.Validators.Add(result =>
        {
            foreach (var word in WordsOf(result.GetValueOrDefault<string?>()))
                if (FaultKinds.Find(word) is null)
                    result.AddError($"'{word}' is no fault; there are {string.Join(", ", FaultKinds.AllWords)}.");
        });
    }

    public static Command Create()
    {
        var command = new Verb("torture", "Kills, freezes and cuts off a cluster of its own under load, and checks that nothing is lost")
        {
            Silos, Minutes, Seed, Database, PostgreSqlFolder, Faults, Keep, Report,
        };
        command.Examples.Add(new("scheduler torture --silos 3 --minutes 10", "three silos, every fault, a new seed"));
        command.Examples.Add(new("scheduler torture --minutes 2 --seed 42 --faults kill,stop", "a certain load, with two kinds of faults"));
        command.SetAction((parsed, _) => RunAsync(Read(parsed), parsed.GetValue(CommonOptions.Verbose), parsed.InvocationConfiguration));
        return command;
    }

    internal static TortureOrder Read(ParseResult parsed) => new()
    {
        Silos = parsed.GetValue(Silos),
        Duration = TimeSpan.FromMinutes(parsed.GetValue(Minutes)),
        Seed = parsed.GetValue(Seed) ?? RandomNumberGenerator.GetInt32(int.MaxValue),
        Database = parsed.GetValue(Database),
        PostgreSqlFolder = parsed.GetValue(PostgreSqlFolder),
        Faults = parsed.GetValue(Faults) is { } words ? [.. WordsOf(words).Select(word => FaultKinds.Find(word)!.Value).Distinct().Order()] : FaultKinds.All,
        KeepsFolder = parsed.GetValue(Keep),
        ReportFile = parsed.GetValue(Report),
    };

    private static string[] WordsOf(string? words) => (words ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>A run that could not be made is no verdict, so its exit code is another than that of a bad one.</summary>
    private static async Task<int> RunAsync(TortureOrder order, bool isVerbose, InvocationConfiguration streams)
    {
        using var interruption = new Interruption();
        var narrator = new Narrator(streams.Output, TimeProvider.System);
        var folder = Directory.CreateTempSubdirectory("scheduler-torture-").FullName;
        var keeps = true;
        narrator.Write($"{order.CommandLine}, in {folder}");
        try
        {
            var result = await new TortureRun(order, folder, narrator, TimeProvider.System).RunAsync(interruption.Token);
            var report = new TortureReport(order, result);
            if (order.ReportFile is { } file) await File.WriteAllTextAsync(file, report.ToJson(), CancellationToken.None);
            foreach (var line in report.ToLines()) narrator.Write(line);
            keeps = order.KeepsFolder || !result.Verdict.IsClean;
            return result.Verdict.IsClean ? ExitCodes.Succeeded : ExitCodes.Failed;
        }
        catch (OperationCanceledException) when (interruption.Token.IsCancellationRequested)
        {
            keeps = order.KeepsFolder;
            return ExitCodes.Invalid;
        }
        catch (Exception exception)
        {
            Failures.Report(exception, isVerbose, streams.Error);
            return ExitCodes.Invalid;
        }
        finally
        {
            if (keeps) narrator.Write($"Ledgers and logs are in {folder}");
            else Directory.Delete(folder, recursive: true);
        }
    }
}
