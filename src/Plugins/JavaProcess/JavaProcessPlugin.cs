using Scheduler.Contracts.Plugins;
using Scheduler.Plugins.ProcessJobs;
using Scheduler.Plugins.Processes;

namespace Scheduler.Plugins.JavaProcess;

/// <summary>
/// Azkaban's <c>javaprocess</c>: a class with a <c>main</c> method in a JVM of its own. The older type <c>java</c> names the
/// class in <c>job.class</c>; it is run by its <c>main</c> method as well.
/// </summary>
[NodeType(
    "javaprocess", Title = "Java program", TitleZh = "Java 程序", Description = "Runs a class with a main method in a JVM of its own.",
    DescriptionZh = "在独立的 JVM 中运行带 main 方法的类。", Settings = typeof(JavaSettings))]
[NodeType(
    "java", Title = "Java program (older name)", TitleZh = "Java 程序（旧类型名）", Description = "The same as javaprocess.",
    DescriptionZh = "与 javaprocess 相同。", Settings = typeof(JavaSettings))]
public sealed class JavaProcessPlugin(ProcessOptions options, ScratchFiles scratch) : INodePlugin
{
    public async Task<NodeResult> RunAsync(NodeContext context, CancellationToken cancellationToken)
    {
        if (JavaCommandLine.MainClass(context.Properties) is not { } mainClass) return PropertyReader.Missing("java.class");

        var (job, failure) = await ProcessJob.OpenAsync(context, options, scratch, cancellationToken);
        if (job is null) return failure!;

        using (job)
            return await job.RunAsync([JavaCommandLine.Create(context.Properties, mainClass, job.Directory)], cancellationToken);
    }
}
