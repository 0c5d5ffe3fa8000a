using Scheduler.Contracts.Packages;
using Scheduler.Silo.Nodes;

namespace Scheduler.Silo.Packages.Rules;

/// <summary>
/// Checks the settings of one node against what its node type allows. What is not there may still come with an order or from a parent,
/// so that is a warning only. A type that this process does not know is left to the run.
/// </summary>
internal sealed class SettingRules(NodeTypes types, FindingList findings)
{
    /// <param name="label">How messages call the node.</param>
    /// <param name="type">Its node type; null when it has none, which has been reported.</param>
    /// <param name="own">What the node itself sets.</param>
    /// <param name="properties">The same with all it inherits within the package.</param>
    /// <param name="file">Where the node is defined.</param>
    /// <param name="lineOf">The line that sets a property; null when it is not in the file.</param>
    public void Check(
        string label, string? type, IReadOnlyDictionary<string, string> own, IReadOnlyDictionary<string, string> properties, string file,
        Func<string, int?> lineOf)
    {
        if (type is null || types.Find(type)?.Settings is not { } check) return;

        foreach (var fault in check.FindFaults(properties))
            findings.Add(new Finding(
                fault.IsIncomplete ? Severity.Warning : Severity.Error, fault.Code, $"{label}: {fault.Message}", file,
                (fault.Setting is { } setting ? lineOf(setting) : null) ?? lineOf("type")));

        foreach (var key in own.Keys)
            if (check.FindMeant(key) is { } meant && !IsReferredTo(key, own))
                findings.Add(Finding.Warning(
                    "settings.unknown", $"{label}: node type {type} has no setting '{key}'; did you mean '{meant}'?", file, lineOf(key)));
    }

    /// <summary>A parameter of the author's own.</summary>
    private static bool IsReferredTo(string key, IReadOnlyDictionary<string, string> own) =>
        own.Values.Any(value => value.Contains($"${{{key}}}", StringComparison.Ordinal));
}
