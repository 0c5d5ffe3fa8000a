using System.Globalization;
using Scheduler.Benchmarks;
using Scheduler.Benchmarks.Cases;
using Scheduler.Benchmarks.Peer;
using Scheduler.Testing;

string[] both = ["sqlite", "postgresql"], cluster = ["postgresql"], none = ["none"];
var cases = new Dictionary<string, (Func<Bench, Task> Run, string[] Stores)>
{
    ["chain"] = (EngineCases.ChainAsync, both),
    ["fanout"] = (EngineCases.FanOutAsync, both),
    ["many"] = (EngineCases.ManyAsync, both),
    ["shell"] = (ProcessCases.ShellAsync, both),
    ["start-latency"] = (EngineCases.StartLatencyAsync, both),
    ["coldstart"] = (ProcessCases.ColdStartAsync, both),
    ["parse10k"] = (ParseCases.ParseAsync, none),
    ["export"] = (ExportCases.RunAsync, cluster),
    ["history"] = (HistoryCases.RunAsync, cluster),
    ["cost"] = (CostCases.RunAsync, cluster),
};
string[] onlyByName = ["export", "history", "cost"], flags = ["--quick", "--reps"];

if (args is ["peer", ..]) return await PeerSession.RunAsync(Option("--via") ?? "control");

var isQuick = args.Contains("--quick");
var repetitions = int.Parse(Option("--reps") ?? "5", CultureInfo.InvariantCulture);
var wanted = args
    .Where((argument, index) => !argument.StartsWith("--", StringComparison.Ordinal) && args.ElementAtOrDefault(index - 1) != "--reps")
    .ToList();
if (wanted.Except(cases.Keys).FirstOrDefault() is { } unknown)
{
    Console.Error.WriteLine($"There is no case '{unknown}'. Cases: {string.Join(", ", cases.Keys)}");
    return 2;
}

if (args.Where(argument => argument.StartsWith("--", StringComparison.Ordinal)).Except(flags).FirstOrDefault() is { } flag)
{
    Console.Error.WriteLine($"There is no flag '{flag}'. Flags: {string.Join(", ", flags)}");
    return 2;
}

var folder = Directory.CreateTempSubdirectory("scheduler-bench-").FullName;
var results = new List<BenchResult>();
var commitTime = TimeSpan.FromSeconds(isQuick ? 0.2 : 1.5);
try
{
    await using var server = await PostgreSqlServer.StartAsync(
        PostgreSqlDurability.Full, wanted.Contains("cost") ? "shared_preload_libraries = 'pg_stat_statements'" : "");
    var sqlite = new Store(
        "sqlite", () => Task.FromResult<string?>(null),
        () => Baselines.SqliteCommitsAsync(Directory.CreateTempSubdirectory("scheduler-bench-").FullName, commitTime));
    var postgreSql = new Store(
        "postgresql", async () => await server.CreateDatabaseAsync(),
        async () => await Baselines.PostgreSqlCommitsAsync(await server.CreateDatabaseAsync(), commitTime));

    var stores = new[] { sqlite, postgreSql, sqlite with { Name = "none" } };
    foreach (var (name, (run, on)) in cases.Where(entry => wanted.Contains(entry.Key) || (wanted.Count == 0 && !onlyByName.Contains(entry.Key))))
        foreach (var store in stores.Where(store => on.Contains(store.Name)))
        {
            Console.Error.WriteLine($"{name} on {store.Name} …");
            var work = Directory.CreateDirectory(Path.Combine(folder, $"{name}-{store.Name}")).FullName;
            await run(new Bench(store, work, isQuick, repetitions, results));
        }
}
finally
{
    Directory.Delete(folder, recursive: true);
}

Report.Print(results);
Report.Save(results, Path.Combine("artifacts", "bench", "results.json"));
return results.Any(result => result.Met == false) ? 1 : 0;

// The word behind a flag; null when the flag is not given.
string? Option(string flag) => Array.IndexOf(args, flag) is >= 0 and var index && index + 1 < args.Length ? args[index + 1] : null;
