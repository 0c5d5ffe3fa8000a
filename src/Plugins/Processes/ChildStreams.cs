using Microsoft.Win32.SafeHandles;

namespace Scheduler.Plugins.Processes;

/// <summary>This process's ends of the three standard streams of a child.</summary>
internal sealed record ChildStreams(SafeFileHandle Input, PipeReader Output, PipeReader Errors);
