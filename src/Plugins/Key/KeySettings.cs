using System.ComponentModel.DataAnnotations;
using Scheduler.Contracts.Keys;
using Scheduler.Contracts.Plugins;

namespace Scheduler.Plugins.Key;

/// <summary>What a KEY node waits for.</summary>
public sealed class KeySettings
{
    [Setting("Project", "项目", Description = "The project of the workflow it waits for; its own when empty.", DescriptionZh = "被等待的工作流所在项目，留空表示本项目。")]
    public string? Project { get; init; }

    [Setting("Workflow", "工作流", Description = "The workflow it waits for.", DescriptionZh = "被等待的工作流。")]
    public required string Workflow { get; init; }

    [Setting("Window", "时间窗口", Description = "Which run dates count.", DescriptionZh = "哪些运行日期有效。")]
    public KeyWindow Window { get; init; }

    [Setting("Days", "天数", Description = "For the window last-days: how many.", DescriptionZh = "窗口为 last-days 时的天数。"), Range(1, 400)]
    public int Days { get; init; } = 1;

    [Setting("Own cycle", "自身周期", Description = "For the window previous-cycle: how often this workflow runs.", DescriptionZh = "窗口为 previous-cycle 时，本工作流的周期。")]
    public KeyCycle Cycle { get; init; } = KeyCycle.Day;

    [Setting("Policy", "策略", Description = "Which runs in the window must have succeeded.", DescriptionZh = "窗口内哪些运行必须成功。")]
    public KeyPolicy Policy { get; init; }

    [Setting("Business date", "业务日期", Description = "As yyyy-MM-dd; the run date is the day after. By default the date of this execution counts.", DescriptionZh = "格式 yyyy-MM-dd，运行日期为其后一天；默认按本次执行的日期。"), RegularExpression("[0-9]{4}-[0-9]{2}-[0-9]{2}")]
    public string? BusinessDate { get; init; }

    [Setting("Look again after", "检查间隔", Description = "How often it looks.", DescriptionZh = "检查的间隔。")]
    public TimeSpan CheckEvery { get; init; } = TimeSpan.FromSeconds(30);
}
