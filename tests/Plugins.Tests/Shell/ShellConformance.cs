using Scheduler.Conformance;
using Scheduler.Contracts.Plugins;
using Scheduler.Plugins.ProcessJobs;
using Scheduler.Plugins.Processes;
using Scheduler.Plugins.Shell;
using Scheduler.Plugins.Tests.Support;

namespace Scheduler.Plugins.Tests.Shell;

public sealed class ShellConformance : PluginConformance, IDisposable
{
    private readonly TemporaryFolder _scratch = new();
    private ScratchFiles? _files;

    protected override ConformanceCase Success => new()
    {
        Properties = { ["script"] = """echo "{\"day\": \"$PARAM_day\"}" > $JOB_OUTPUT_PROP_FILE""", ["day"] = "2024-02-29" },
        Outputs = { ["day"] = "2024-02-29" },
    };

    protected override ConformanceCase Failure => new() { Properties = { ["script"] = "exit 3" }, Code = "process.exit-code" };

    protected override ConformanceCase LongRun => new() { Properties = { ["script"] = "sleep 1000 &\necho ready\nsleep 1000" } };

    protected override INodePlugin CreatePlugin() => new ShellPlugin(new ProcessOptions(), _files ??= new ScratchFiles(_scratch.Path));

    public void Dispose() => _scratch.Dispose();
}
