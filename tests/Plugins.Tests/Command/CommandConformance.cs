using Scheduler.Conformance;
using Scheduler.Contracts.Plugins;
using Scheduler.Plugins.Command;
using Scheduler.Plugins.ProcessJobs;
using Scheduler.Plugins.Processes;
using Scheduler.Plugins.Tests.Support;

namespace Scheduler.Plugins.Tests.Command;

public sealed class CommandConformance : PluginConformance, IDisposable
{
    private readonly TemporaryFolder _scratch = new();
    private ScratchFiles? _files;

    protected override ConformanceCase Success => new()
    {
        Properties = { ["command"] = "sh emit.sh" },
        Files = { ["emit.sh"] = """echo '{"rows": 7}' > $JOB_OUTPUT_PROP_FILE""" },
        Outputs = { ["rows"] = "7" },
    };

    protected override ConformanceCase Failure => new() { Properties = { ["command"] = "sh -c 'exit 3'" }, Code = "process.exit-code" };

    protected override ConformanceCase LongRun => new() { Properties = { ["command"] = "sh -c 'echo ready; sleep 1000'" } };

    protected override INodePlugin CreatePlugin() => new CommandPlugin(new ProcessOptions(), _files ??= new ScratchFiles(_scratch.Path));

    public void Dispose() => _scratch.Dispose();
}
