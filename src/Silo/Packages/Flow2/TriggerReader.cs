using System.Globalization;
using Scheduler.Contracts.Definitions;
using Scheduler.Silo.Packages.Yaml;

namespace Scheduler.Silo.Packages.Flow2;

/// <summary>Reads and checks the <c>trigger</c> block of a <c>.flow</c> file.</summary>
internal sealed class TriggerReader(string file, FindingList findings)
{
    private const long MaxWaitMinutes = 14_400;

    /// <summary>Meaningless when an error was reported.</summary>
    public WorkflowTrigger Read(YamlMap trigger)
    {
        foreach (var (key, entry) in trigger.Entries)
            if (key is not ("maxWaitMins" or "schedule" or "triggerDependencies"))
                Refuse($"Unable to find property '{key}' of the trigger", entry.Key.Line);

        var dependencies = ReadDependencies(trigger);
        return new WorkflowTrigger
        {
            Cron = ReadSchedule(trigger),
            MaxWait = ReadMaxWait(trigger, isRequired: dependencies.Count > 0),
            Dependencies = dependencies,
        };
    }

    private string ReadSchedule(YamlMap trigger)
    {
        if (Value(trigger, "schedule") is not { } value)
        {
            Refuse("flow trigger schedule must not be null", trigger.Line);
            return "";
        }

        var schedule = Map("schedule", value);
        var cron = schedule.GetValueOrDefault("value") ?? "";
        if (schedule.GetValueOrDefault("type") != "cron") Refuse("flow trigger schedule type must be cron", value.Line);
        if (!CronSyntax.IsValid(cron)) Refuse("flow trigger schedule value must be a valid cron expression", value.Line);
        else if (!CronSyntax.StartsAtSecondZero(cron)) Refuse("interval of flow trigger schedule has to be larger than 1 min", value.Line);
        if (schedule.Keys.Any(key => key is not ("type" or "value")))
            Refuse("flow trigger schedule must contain type and value only", value.Line);
        return cron.Trim();
    }

    private TimeSpan? ReadMaxWait(YamlMap trigger, bool isRequired)
    {
        if (Value(trigger, "maxWaitMins") is not { } value)
        {
            if (isRequired) Refuse("max wait min cannot be null unless no dependency is defined", trigger.Line);
            return null;
        }

        var text = (value as YamlScalar)?.Text;
        if (!long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var minutes))
            Refuse("'maxWaitMins' takes a whole number of minutes", value.Line);
        else if (minutes < 1) Refuse("max wait min must be at least 1 min(s)", value.Line);
        return TimeSpan.FromMinutes(Math.Clamp(minutes, 1, MaxWaitMinutes));
    }

    private List<TriggerDependency> ReadDependencies(YamlMap trigger)
    {
        var dependencies = new List<TriggerDependency>();
        if (Value(trigger, "triggerDependencies") is not { } value) return dependencies;
        if (value is not YamlList list) Refuse("'triggerDependencies' takes a list", value.Line);
        else dependencies.AddRange(list.Items.Select(ReadDependency));

        CheckUnique(dependencies, value.Line);
        return dependencies;
    }

    private TriggerDependency ReadDependency(YamlValue value)
    {
        if (value is not YamlMap map)
        {
            Refuse("'triggerDependencies' takes a list of maps", value.Line);
            return new TriggerDependency("", "", new Dictionary<string, string>());
        }

        foreach (var (key, entry) in map.Entries)
            if (key is not ("name" or "type" or "params"))
                Refuse($"Unable to find property '{key}' of a trigger dependency", entry.Key.Line);

        var name = (Value(map, "name") as YamlScalar)?.Text;
        var type = (Value(map, "type") as YamlScalar)?.Text;
        if (name is null) Refuse("dependency name is required", map.Line);
        else if (type is null) Refuse($"dependency type is required for {name}", map.Line);
        return new TriggerDependency(name ?? "", type ?? "", Value(map, "params") is { } parameters ? Map("params", parameters) : []);
    }

    private void CheckUnique(List<TriggerDependency> dependencies, int line)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        var contents = new HashSet<string>(StringComparer.Ordinal);
        foreach (var dependency in dependencies)
        {
            if (!names.Add(dependency.Name))
                Refuse($"duplicate dependency.name {dependency.Name} found, dependency.name should be unique", line);
            if (!contents.Add(ContentKey(dependency)))
                Refuse($"duplicate dependencyconfig {dependency.Name} found, dependency config should be unique", line);
        }
    }

    /// <summary>Lengths before texts, so that no two contents make the same key.</summary>
    private static string ContentKey(TriggerDependency dependency) => string.Concat(
        dependency.Parameters.OrderBy(pair => pair.Key, StringComparer.Ordinal)
            .SelectMany(pair => new[] { pair.Key, pair.Value }).Prepend(dependency.Type).Select(text => $"{text.Length}:{text}"));

    private Dictionary<string, string> Map(string key, YamlValue value)
    {
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        if (value is not YamlMap map)
        {
            Refuse($"'{key}' takes a map", value.Line);
            return texts;
        }

        foreach (var (name, entry) in map.Entries)
            if (entry.Value is YamlScalar scalar) texts[name] = scalar.Text;
            else Refuse($"'{name}' takes a single value", entry.Value.Line);
        return texts;
    }

    /// <summary>Null when the key is missing or has nothing behind it.</summary>
    private static YamlValue? Value(YamlMap map, string key) =>
        map.Entries.TryGetValue(key, out var entry) && entry.Value is not YamlScalar { IsNull: true } ? entry.Value : null;

    private void Refuse(string why, int line) => findings.Add(Flow2Findings.FlowUnreadable(file, why, line));
}
