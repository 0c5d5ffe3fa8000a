using Scheduler.Conformance;
using Scheduler.Plugins.ProcessJobs;

namespace Scheduler.Plugins.Tests.Support;

/// <summary>The stand-in for the engine, as the built-in types need it.</summary>
internal sealed class TestContext(params (string Key, string Value)[] properties) : ConformanceContext(new RecordingLog(), properties)
{
    private readonly TemporaryFolder _scratch = new();

    public ScratchFiles Scratch => field ??= new ScratchFiles(_scratch.Path);

    public new RecordingLog Recorded => (RecordingLog)Log;

    public override string NodeName => "extract";

    public override string NodeType => "command";

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing) _scratch.Dispose();
    }
}
