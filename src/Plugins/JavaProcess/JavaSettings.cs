using Scheduler.Contracts.Plugins;
using Scheduler.Plugins.ProcessJobs;

namespace Scheduler.Plugins.JavaProcess;

/// <summary>Settings of <see cref="JavaProcessPlugin"/>.</summary>
internal sealed class JavaSettings : ProcessJobSettings
{
    [Setting("Class", "主类", Description = "Full name of the class whose main method runs.", DescriptionZh = "要运行其 main 方法的类的全名。")]
    public string? JavaClass { get; set; }

    [Setting("Class (older name)", "主类（旧属性名）", Description = "Counts where java.class is not set.", DescriptionZh = "仅在未设置 java.class 时生效。")]
    public string? JobClass { get; set; }

    [Setting("Class path", "类路径", Description = "With commas between; by default all JAR files of the directory.", DescriptionZh = "以逗号分隔；默认使用目录下的全部 JAR 文件。")]
    public string? Classpath { get; set; }

    [Setting("Arguments", "程序参数")]
    public string? MainArgs { get; set; }

    [Setting("Arguments of the JVM", "JVM 参数")]
    public string? JvmArgs { get; set; }

    [Setting("Memory at the start", "初始内存", Key = "Xms", Description = "Such as 64M.", DescriptionZh = "例如 64M。")]
    public string Xms { get; set; } = "64M";

    [Setting("Memory at most", "最大内存", Key = "Xmx", Description = "Such as 256M.", DescriptionZh = "例如 256M。")]
    public string Xmx { get; set; } = "256M";
}
