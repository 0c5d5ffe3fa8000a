using Microsoft.Extensions.Options;
using Scheduler.Silo.Nodes;

namespace Scheduler.Silo;

/// <summary>The rules between the values; their ranges are attributes.</summary>
internal sealed class EngineOptionsValidator : IValidateOptions<EngineOptions>
{
    public ValidateOptionsResult Validate(string? name, EngineOptions options)
    {
        var faults = Faults(options).ToList();
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static IEnumerable<string> Faults(EngineOptions options)
    {
        foreach (var (group, slots) in options.Groups)
            if (!WorkerGroup.IsName(group))
                yield return $"Engine:Groups: '{group}' is no worker group; {WorkerGroup.NameRule}.";
            else if (slots < 1 || slots > options.Slots)
                yield return $"Engine:Groups:{group} is {slots}; it must be 1 to Engine:Slots, which is {options.Slots}.";
    }
}
