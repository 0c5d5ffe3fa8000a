namespace Scheduler.Benchmarks;

/// <summary>One measured figure beside what it is compared with. Serialised to <c>results.json</c> with camel-case names.</summary>
/// <param name="Case">Such as <c>chain-1000</c>.</param>
/// <param name="Store"><c>sqlite</c>, <c>postgresql</c>, or <c>none</c>.</param>
/// <param name="Value">The median of the repetitions.</param>
/// <param name="Unit">Such as <c>nodes/s</c> or <c>ms</c>.</param>
/// <param name="Baseline">The baseline of the same run, in the same unit; null when the target is absolute.</param>
/// <param name="Ratio"><paramref name="Value"/> divided by <paramref name="Baseline"/>.</param>
/// <param name="Target">In words, with the comparison that <paramref name="Met"/> answers.</param>
/// <param name="Met">Null when there is no target.</param>
internal sealed record BenchResult(
    string Case, string Store, double Value, string Unit, double? Baseline, double? Ratio, string? Target, bool? Met);

/// <summary>What a figure has to reach.</summary>
internal sealed record Target(string Text, Func<double, double?, bool> IsMet)
{
    public static Target RatioAtLeast(double ratio, string of) => new($">= {ratio} x {of}", (_, actual) => actual >= ratio);

    public static Target RatioAtMost(double ratio, string of) => new($"<= {ratio} x {of}", (_, actual) => actual <= ratio);

    public static Target AtLeast(double value, string unit) => new($">= {value} {unit}", (actual, _) => actual >= value);

    public static Target AtMost(double value, string unit) => new($"<= {value} {unit}", (actual, _) => actual <= value);
}
