namespace Scheduler.Silo.Nodes.Parameters;

/// <summary>
/// The properties a node's plugin sees: layers merged, then every <c>${name}</c> replaced, then every <c>$( … )</c> evaluated, as
/// Azkaban does right before a job starts. One undefined reference fails the attempt, whether the property is used or not.
/// </summary>
internal static class NodeProperties
{
    /// <summary>Pure, and bounded in time and memory by <see cref="PropertyLimits"/> whatever the package says.</summary>
    public static PropertyResolution Resolve(PropertyLayers layers)
    {
        var properties = PropertyMerge.Merge(layers);
        var pending = properties.Where(property => property.Value.Contains('$')).Select(property => property.Key).ToList();
        if (pending.Count == 0) return new PropertyResolution.Resolved(properties);

        var ledger = new ResolutionLedger();
        ReplaceReferences(properties, pending, ledger);
        ReplaceNestedReferences(properties, pending, ledger);
        EvaluateExpressions(properties, pending, ledger);

        return ledger.Faults.Count > 0
            ? new PropertyResolution.Failed(ledger.Faults)
            : new PropertyResolution.Resolved(properties);
    }

    private static void ReplaceReferences(Dictionary<string, string> properties, List<string> pending, ResolutionLedger ledger)
    {
        var expander = new ReferenceExpander(new Dictionary<string, string>(properties), ledger);
        foreach (var key in pending)
            if (expander.Expand(key) is { } value)
                properties[key] = value;
    }

    /// <summary>
    /// <c>${a.${b}}</c> has become <c>${a.x}</c> by now. Azkaban takes such a value up again only when its first reference is
    /// defined; otherwise the text stays as it is, without an error.
    /// </summary>
    private static void ReplaceNestedReferences(Dictionary<string, string> properties, List<string> pending, ResolutionLedger ledger)
    {
        if (ledger.Faults.Count > 0) return;

        var nested = pending.Where(key =>
            ReferenceScanner.Find(properties[key], 0) is { } reference && properties.ContainsKey(reference.Name)).ToList();
        if (nested.Count == 0) return;

        var expander = new ReferenceExpander(new Dictionary<string, string>(properties), ledger);
        foreach (var key in nested)
            if (expander.ExpandText(key, properties[key]) is { } value)
                properties[key] = value;
    }

    private static void EvaluateExpressions(Dictionary<string, string> properties, List<string> pending, ResolutionLedger ledger)
    {
        if (ledger.Faults.Count > 0) return;

        foreach (var key in pending)
            if (ExpressionExpander.Expand(key, properties[key], ledger) is { } value)
                properties[key] = value;
    }
}
