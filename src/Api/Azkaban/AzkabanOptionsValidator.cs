using Microsoft.Extensions.Options;

namespace Scheduler.Api.Azkaban;

/// <summary>Checks at start what attributes cannot say.</summary>
internal sealed class AzkabanOptionsValidator : IValidateOptions<AzkabanOptions>
{
    public ValidateOptionsResult Validate(string? name, AzkabanOptions options)
    {
        var faults = options.FindFaults().ToList();
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }
}
