using System.ComponentModel.DataAnnotations;
using Scheduler.Contracts.Plugins;

namespace FileSensor;

/// <summary>Which file, and when it counts as there.</summary>
public sealed class FileSensorSettings
{
    [Setting("Path", "路径", Description = "Full path of the file.", DescriptionZh = "文件的完整路径。"), RegularExpression("/.+")]
    public required string Path { get; init; }

    [Setting("Smallest size", "最小大小", Description = "Bytes; a smaller file is not there yet.", DescriptionZh = "字节数；小于此大小的文件视为尚未就绪。")]
    [Range(0, long.MaxValue)]
    public long MinBytes { get; init; }

    [Setting("Quiet for", "静默时间", Description = "Nobody has written to it for so long.", DescriptionZh = "文件在这段时间内没有被写入。")]
    public TimeSpan QuietFor { get; init; } = TimeSpan.FromSeconds(10);

    [Setting("Check every", "检查间隔", Description = "Seconds between two looks.", DescriptionZh = "两次检查之间的秒数。"), Range(1, 86_400)]
    public int CheckEvery { get; init; } = 30;
}
