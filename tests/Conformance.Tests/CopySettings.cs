using System.ComponentModel.DataAnnotations;
using Scheduler.Contracts.Plugins;

namespace Scheduler.Conformance.Tests;

internal class CopySettings
{
    [Setting("From", "来源", Description = "Path of a file.", DescriptionZh = "文件路径。")]
    public required string From { get; init; }

    [Setting("Times", "次数"), Range(1, 10)]
    public int Times { get; init; } = 1;

    [Setting("Token", "令牌", Widget = Widgets.Secret)]
    public string Token { get; init; } = "";

    [Setting("Pause", "暂停")]
    public TimeSpan Pause { get; init; }
}
