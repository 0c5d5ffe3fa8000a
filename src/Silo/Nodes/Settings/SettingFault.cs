namespace Scheduler.Silo.Nodes.Settings;

/// <summary>One thing that is wrong with the settings of a node.</summary>
/// <param name="Code">Stable and dotted, such as <c>settings.range</c>.</param>
/// <param name="Setting">The property of the job; null when it is about several.</param>
/// <param name="Message">For a person; names the setting.</param>
/// <param name="IsIncomplete">True when something is not there, so that another layer of properties may still mend it.</param>
internal sealed record SettingFault(string Code, string? Setting, string Message, bool IsIncomplete = false)
{
    public static SettingFault Missing(string setting) => new("settings.missing", setting, $"{setting} is required", IsIncomplete: true);

    /// <param name="reason">In the words of the rule that is broken.</param>
    public static SettingFault OfAll(string reason) => new("settings.together", null, $"The settings do not go together: {reason}", IsIncomplete: true);

    public override string ToString() => Message;
}
