using System.Diagnostics;
using Scheduler.Silo.Cli;

namespace Scheduler.Silo.Torture.Cluster;

/// <summary>This program as processes of their own: how a silo of the run is started and found again.</summary>
/// <param name="run">Marks everything of the run, the jobs too.</param>
/// <param name="password">Of the administrator.</param>
internal sealed class SiloProgram(string run, string password)
{
    /// <summary>Carried by silos and all they start.</summary>
    public const string RunVariable = "TORTURE_RUN";

    /// <summary>Carried by the silo alone: jobs get no variable with the server's own front.</summary>
    public const string LifeVariable = "SCHEDULER_TORTURE_LIFE";

    /// <summary>
    /// Bad luck is what the run is about, so how often an attempt may be lost is no limit here; and of the jobs of a silo that is told to
    /// stop some end in time and some do not.
    /// </summary>
    private static readonly Dictionary<string, string> Settings = new()
    {
        ["SCHEDULER_Engine__MaxLostAttempts"] = "1000",
        ["SCHEDULER_Engine__MaxConcurrentExecutions"] = "100000",
        ["SCHEDULER_Engine__DrainGrace"] = "00:00:01",
    };

    public string Run => run;

    public string Password => password;

    /// <summary>Starts a process of a silo, whose output goes to the end of a file.</summary>
    /// <param name="place">Where it runs and what it uses.</param>
    /// <param name="life">Unlike that of any other process of the run.</param>
    public Process Start(SiloPlace place, string life)
    {
        List<string> command = [.. OwnProgram.Command, "serve", "--roles", "all", "--data", place.Folder, "--urls", place.Url.OriginalString, "--database", place.ConnectionString];
        var start = new ProcessStartInfo("/bin/sh", ["-c", "log=$0; exec \"$@\" >>\"$log\" 2>&1 </dev/null", place.LogFile, .. command])
        {
            WorkingDirectory = place.Folder,
        };
        foreach (var (name, value) in Settings) start.Environment[name] = value;
        start.Environment["SCHEDULER_ADMIN_PASSWORD"] = password;
        start.Environment["SCHEDULER_Scheduler__SiloPort"] = $"{place.SiloPort}";
        start.Environment[RunVariable] = run;
        start.Environment[LifeVariable] = life;
        return Process.Start(start) ?? throw new TortureImpossibleException("A silo could not be started.");
    }
}

/// <summary>Where a silo runs and what it uses; the same for all its processes.</summary>
/// <param name="Index">Counted from 0.</param>
/// <param name="Folder">Its data folder.</param>
/// <param name="LogFile">Everything its processes print.</param>
/// <param name="Url">Where it answers HTTP.</param>
/// <param name="SiloPort">Where the other silos reach it.</param>
/// <param name="ConnectionString">How it reaches the database.</param>
internal sealed record SiloPlace(int Index, string Folder, string LogFile, Uri Url, int SiloPort, string ConnectionString);
