using Scheduler.Contracts.Plugins;

namespace Weather;

/// <summary>What a job of this type may say. The form in which people edit it is made of this.</summary>
public sealed class WeatherSettings
{
    [Setting("File", "文件", Description = "Path in the package.", DescriptionZh = "包内的路径。", Widget = Widgets.PackageFile)]
    public required string File { get; init; }

    [Setting("Pause", "间隔", Description = "Waits so long before each line.", DescriptionZh = "读取每一行之前等待的时间。")]
    public TimeSpan Pause { get; init; }
}
