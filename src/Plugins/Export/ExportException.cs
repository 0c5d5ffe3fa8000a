namespace Scheduler.Plugins.Export;

/// <summary>
/// Ends an export whose data or settings cannot be kept faithfully; what was there before stays. The code is for programs
/// (<c>export.…</c>), the message for the author of the workflow.
/// </summary>
internal sealed class ExportException(string code, string message, Exception? inner = null) : Exception(message, inner)
{
    public string Code { get; } = code;
}
