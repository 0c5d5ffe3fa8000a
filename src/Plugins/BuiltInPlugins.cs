using Scheduler.Contracts.Plugins;
using Scheduler.Plugins.Command;
using Scheduler.Plugins.Export;
using Scheduler.Plugins.Hive;
using Scheduler.Plugins.Http;
using Scheduler.Plugins.JavaProcess;
using Scheduler.Plugins.MySql;
using Scheduler.Plugins.ProcessJobs;
using Scheduler.Plugins.Processes;
using Scheduler.Plugins.Shell;
using Scheduler.Plugins.Sql;

namespace Scheduler.Plugins;

/// <summary>The node types that come with the scheduler.</summary>
public static class BuiltInPlugins
{
    /// <summary>One object per plugin; <see cref="NodeTypeAttribute"/> says which types it runs.</summary>
    public static IReadOnlyList<INodePlugin> Create(ProcessOptions processes, ExportOptions exports, HttpOptions http)
    {
        var scratch = new ScratchFiles(processes.ScratchFolder);
        return
        [
            new CommandPlugin(processes, scratch), new JavaProcessPlugin(processes, scratch), new ShellPlugin(processes, scratch),
            new HivePlugin(), new MySqlPlugin(), new SqlPlugin(), new ExportPlugin(exports), new HttpPlugin(http),
        ];
    }
}
