using Scheduler.Contracts.Packages;
using Scheduler.Silo.Definitions;
using Scheduler.Silo.Instances;
using Scheduler.Silo.Nodes.Parameters;

namespace Scheduler.Silo.Packages.Rules;

/// <summary>Checks the properties of one node that can be judged before it runs. Values with references are left to the run.</summary>
internal sealed class NodeRules(DefinitionOptions options, FindingList findings)
{
    private static readonly string[] SystemPrefixes = ["azkaban.flow.", "azkaban.job.", "azkaban.link."];

    private readonly CallbackRules callbacks = new(options, findings);

    /// <param name="label">How messages call the node.</param>
    /// <param name="file">Where it is defined.</param>
    /// <param name="find">A property in force; null when not set.</param>
    /// <param name="lineOf">The line that sets a property; null when it is not in the file.</param>
    public void Check(string label, string file, Func<string, string?> find, Func<string, int?> lineOf)
    {
        CheckMemory(label, file, find, lineOf, "Xms", options.MaxXms);
        CheckMemory(label, file, find, lineOf, "Xmx", options.MaxXmx);
        CheckCount(label, file, find, lineOf, "retries", int.MaxValue);
        CheckCount(label, file, find, lineOf, "retry.backoff", long.MaxValue);
        CheckTimeouts(label, file, find, lineOf);
        callbacks.Check(file, find, lineOf);
    }

    /// <summary>Warns of keys that hide what the system says about a run.</summary>
    public void CheckReserved(IEnumerable<string> keys, string file, Func<string, int?> lineOf)
    {
        foreach (var key in keys)
            if (SystemPrefixes.Any(prefix => key.StartsWith(prefix, StringComparison.Ordinal)))
                findings.Add(Finding.Warning(
                    "package.reserved-property", $"'{key}' is set by the system for each run; a value here hides it.", file, lineOf(key)));
    }

    private void CheckMemory(
        string label, string file, Func<string, string?> find, Func<string, int?> lineOf, string key, string limit)
    {
        if (find(key) is not { } value || ReferenceScanner.MayHold(value)) return;

        if (MemorySize.Kilobytes(value) is not { } size)
            findings.Add(Finding.Error(
                "package.memory-size", $"{label}: {key} value '{value}' is not a number with an optional unit K, M or G", file,
                lineOf(key)));
        else if (size > MemorySize.Kilobytes(limit))
            findings.Add(Finding.Error(
                $"package.{key.ToLowerInvariant()}-limit",
                $"{label}: {key} value has exceeded the allowed limit (max {key} = {limit})", file, lineOf(key)));
    }

    private void CheckCount(string label, string file, Func<string, string?> find, Func<string, int?> lineOf, string key, long max)
    {
        if (find(key)?.Trim() is not { } value || ReferenceScanner.MayHold(value)) return;

        if (!long.TryParse(value, out var count) || count > max)
            findings.Add(Finding.Error(
                "package.number", $"{label}: {key} value '{value}' is not a whole number from 0 to {max}", file, lineOf(key)));
        else if (count < 0)
            findings.Add(Finding.Warning(
                "package.negative-number", $"{label}: {key} value {value} is negative and counts as 0", file, lineOf(key)));
    }

    /// <summary>Time-outs of a node or a workflow. Azkaban has none, so nothing is let pass that will not work.</summary>
    public void CheckTimeouts(string label, string file, Func<string, string?> find, Func<string, int?> lineOf)
    {
        CheckCount(label, file, find, lineOf, SettingTexts.TimeoutRetriesKey, int.MaxValue);
        CheckTimeout(label, file, find, lineOf, SettingTexts.TimeoutKey);
        CheckTimeout(label, file, find, lineOf, ExecutionSettings.TimeoutKey);
    }

    private void CheckTimeout(string label, string file, Func<string, string?> find, Func<string, int?> lineOf, string key)
    {
        if (find(key) is { } value && TimeoutText.Read(key, value).Remark is not null)
            findings.Add(Finding.Error("package.timeout", $"{label}: {key} value '{value}' is not {TimeoutText.Form}", file, lineOf(key)));
    }
}
