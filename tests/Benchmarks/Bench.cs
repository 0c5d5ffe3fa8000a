using Scheduler.Benchmarks.Engine;

namespace Scheduler.Benchmarks;

/// <summary>One store to measure on: where it is and what it can do without an engine.</summary>
/// <param name="Name"><c>sqlite</c> or <c>postgresql</c>.</param>
/// <param name="NewDatabaseAsync">A fresh database: a connection string, or null for the embedded one.</param>
/// <param name="CommitsAsync">Bare single-row commits per second, measured when it is called.</param>
internal sealed record Store(string Name, Func<Task<string?>> NewDatabaseAsync, Func<Task<double>> CommitsAsync);

/// <summary>What a case works with, and where it puts its figures.</summary>
internal sealed class Bench(Store store, string folder, bool isQuick, int repetitions, List<BenchResult> results)
{
    private int hosts;

    public Store Store => store;

    public string Folder => folder;

    /// <summary>Small sizes and single repetitions: proves that the case works.</summary>
    public bool IsQuick => isQuick;

    public int Repetitions => isQuick ? 1 : repetitions;

    public async Task<EngineHost> StartHostAsync(int slots = 16) =>
        await EngineHost.StartAsync(Path.Combine(folder, $"host{++hosts}"), await store.NewDatabaseAsync(), slots);

    public void Add(string name, double value, string unit, double? baseline = null, Target? target = null, double? ratio = null)
    {
        ratio ??= value / baseline;
        // Sizes are too small in a quick run to judge by them.
        var met = isQuick ? null : target?.IsMet(value, ratio);
        results.Add(new BenchResult(name, store.Name, value, unit, baseline, ratio, target?.Text, met));
    }

    /// <summary>The figures of a number of repetitions, after one that does not count.</summary>
    public async Task<List<T>> RepeatAsync<T>(Func<Task<T>> measure)
    {
        if (!isQuick) await measure();

        var figures = new List<T>();
        for (var repetition = 0; repetition < Repetitions; repetition++) figures.Add(await measure());
        return figures;
    }
}
