using Scheduler.Api.Azkaban.Wire;
using Scheduler.Contracts.Definitions;
using Scheduler.Contracts.Instances;

namespace Scheduler.Api.Azkaban.Executor;

/// <summary>What the options of a request amount to.</summary>
internal abstract record OptionsReading
{
    private OptionsReading() { }

    public sealed record Good(ExecutionOptions Options) : OptionsReading;

    /// <summary>They cannot be understood.</summary>
    public sealed record Unparsable(string Reason) : OptionsReading;

    /// <summary>They can be understood and must not be submitted.</summary>
    public sealed record Refused(string Reason) : OptionsReading;
}

/// <summary>Reads the options of an execution; requests to run now and schedules share them.</summary>
internal static class OptionsReader
{
    private static readonly char[] BetweenAddresses = [',', ';', ' ', '\t', '\r', '\n', '\f', '\v'];

    /// <param name="parameters">The request.</param>
    /// <param name="flow">The workflow, whose addresses count unless the request overrides them.</param>
    /// <param name="isAdmin">True when the user may set what is reserved to administrators.</param>
    public static OptionsReading Read(Parameters parameters, WorkflowDefinition flow, bool isAdmin)
    {
        if (FlowParameters.Read(parameters) is not { } properties)
            return new OptionsReading.Unparsable(
                "The legacy param group flowOverride is not allowed in combination with the runtimeProperty param group. "
                + "Migrate flowOverride to runtimeProperty[ROOT].");

        var concurrency = ConcurrencyOf(parameters.Find("concurrentOption"));
        var level = concurrency == ConcurrencyOption.Pipeline ? parameters.Find("pipelineLevel") : null;
        if (concurrency == ConcurrencyOption.Pipeline && level is null)
            return new OptionsReading.Unparsable(ParameterException.Missing("pipelineLevel").Message);

        int? pipelineLevel = level is null ? null : parameters.RequireInt("pipelineLevel");
        if (pipelineLevel is < 1 or > 3) return new OptionsReading.Unparsable("The pipelineLevel must be 1, 2 or 3.");

        if (!isAdmin) properties.RemoveReserved();
        if (properties.FindFault() is { } fault) return new OptionsReading.Refused(fault);

        return new OptionsReading.Good(properties.ApplyTo(ReadPlain(parameters, flow) with
        {
            Concurrency = concurrency,
            PipelineLevel = pipelineLevel,
        }));
    }

    private static ExecutionOptions ReadPlain(Parameters parameters, WorkflowDefinition flow)
    {
        var bare = new ExecutionOptions();
        var overridesSuccess = parameters.IsTrue("successEmailsOverride");
        var overridesFailure = parameters.IsTrue("failureEmailsOverride");
        return bare with
        {
            FailureAction = FailureActions.Find(parameters.Find("failureAction")) ?? bare.FailureAction,
            OverridesFailureAction = parameters.IsTrue("failureActionOverride"),
            Disabled = DisabledNodes.Parse(parameters.Find("disabled")),
            QueueLevel = parameters.Find("concurrentOption") == "queue" ? parameters.FindInt("queueLevel", 1) : bare.QueueLevel,
            SuccessEmails = overridesSuccess ? Addresses(parameters.Find("successEmails")) : flow.SuccessEmails,
            FailureEmails = overridesFailure ? Addresses(parameters.Find("failureEmails")) : flow.FailureEmails,
            OverridesSuccessEmails = overridesSuccess,
            OverridesFailureEmails = overridesFailure,
            NotifiesOnFirstFailure = parameters.IsTrue("notifyFailureFirst", bare.NotifiesOnFirstFailure),
            NotifiesOnLastFailure = parameters.IsTrue("notifyFailureLast", bare.NotifiesOnLastFailure),
            MailCreator = parameters.Find("mailCreator") ?? bare.MailCreator,
        };
    }

    /// <summary>Leaving it out means skip; a word that is not known means to run beside the others.</summary>
    private static ConcurrencyOption ConcurrencyOf(string? option) => option switch
    {
        null or "skip" => ConcurrencyOption.Skip,
        "pipeline" => ConcurrencyOption.Pipeline,
        _ => ConcurrencyOption.Concurrent,
    };

    private static string[] Addresses(string? text) =>
        (text ?? "").Split(BetweenAddresses, StringSplitOptions.RemoveEmptyEntries);
}
