using Scheduler.Contracts.Instances;

namespace Scheduler.Api.Azkaban.Executor;

/// <summary>Azkaban's names for failure actions.</summary>
internal static class FailureActions
{
    /// <summary>Null for a text that is no name.</summary>
    public static FailureAction? Find(string? name) => name switch
    {
        "finishCurrent" => FailureAction.FinishRunning,
        "finishPossible" => FailureAction.FinishPossible,
        "cancelImmediately" => FailureAction.CancelAll,
        _ => null,
    };

    public static string NameOf(FailureAction action) => action switch
    {
        FailureAction.FinishPossible => "finishPossible",
        FailureAction.CancelAll => "cancelImmediately",
        _ => "finishCurrent",
    };
}
