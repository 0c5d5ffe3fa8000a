using System.Globalization;
using Scheduler.Benchmarks;
using Scheduler.Benchmarks.Cases;
using Scheduler.Benchmarks.Peer;
using Scheduler.Testing;

var cases = new Dictionary<string, (Func<Bench, Task> Run, bool NeedsStore)>
{
    ["chain"] = (EngineCases.ChainAsync, true),
    ["fanout"] = (EngineCases.FanOutAsync, true),
    ["many"] = (EngineCases.ManyAsync, true),
    ["shell"] = (ProcessCases.ShellAsync, true),
    ["start-latency"] = (EngineCases.StartLatencyAsync, true),
    ["coldstart"] = (ProcessCases.ColdStartAsync, true),
    ["parse10k"] = (ParseCases.ParseAsync, false),
};

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

var folder = Directory.CreateTempSubdirectory("scheduler-bench-").FullName;
var results = new List<BenchResult>();
var commitTime = TimeSpan.FromSeconds(isQuick ? 0.2 : 1.5);
try
{
    await using var server = await PostgreSqlServer.StartAsync(PostgreSqlDurability.Full);
    var sqlite = new Store(
        "sqlite", () => Task.FromResult<string?>(null),
        () => Baselines.SqliteCommitsAsync(Directory.CreateTempSubdirectory("scheduler-bench-").FullName, commitTime));
    var postgreSql = new Store(
        "postgresql", async () => await server.CreateDatabaseAsync(),
        async () => await Baselines.PostgreSqlCommitsAsync(await server.CreateDatabaseAsync(), commitTime));

    foreach (var (name, (run, needsStore)) in cases.Where(entry => wanted.Count == 0 || wanted.Contains(entry.Key)))
        foreach (var store in needsStore ? [sqlite, postgreSql] : new[] { sqlite with { Name = "none" } })
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
