using Scheduler.Contracts.Nodes;

namespace Scheduler.Silo.Nodes.Quotas;

/// <summary>Some quotas as they stand in the database.</summary>
/// <param name="Keys">Which ones.</param>
/// <param name="Limits">Those of them that limit anything.</param>
/// <param name="Permits">Who holds permits of them.</param>
internal sealed record QuotaState(
    IReadOnlyCollection<string> Keys, IReadOnlyDictionary<string, int> Limits, IReadOnlyList<QuotaPermit> Permits);

/// <summary>An attempt that counts for a quota: it runs, or is about to.</summary>
internal readonly record struct QuotaPermit(string Key, AttemptId Attempt);
