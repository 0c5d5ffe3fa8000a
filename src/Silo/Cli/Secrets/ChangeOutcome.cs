using Scheduler.Contracts.Secrets;

namespace Scheduler.Silo.Cli.Secrets;

/// <summary>What became of a change of secrets or data sources, in words and as an exit code.</summary>
internal static class ChangeOutcome
{
    /// <param name="result">What became of it.</param>
    /// <param name="done">The sentence for success.</param>
    public static int Report(ChangeResult result, string done)
    {
        switch (result)
        {
            case ChangeResult.Invalid { Faults: var faults }:
                foreach (var fault in faults) Console.Error.WriteLine(fault.Message);
                return ExitCodes.Invalid;
            case ChangeResult.Unknown { Fault: var fault }:
                Console.Error.WriteLine(fault.Message);
                return ExitCodes.Failed;
            case ChangeResult.Taken { Fault: var fault }:
                Console.Error.WriteLine(fault.Message);
                return ExitCodes.Failed;
            default:
                Console.WriteLine(done);
                return ExitCodes.Succeeded;
        }
    }
}
