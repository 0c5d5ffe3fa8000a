using Scheduler.Contracts.Plugins;

namespace Scheduler.Plugins.Sql.Scripts;

/// <summary>For servers that know transactions.</summary>
public abstract class TransactionalSettings : ScriptSettings
{
    [Setting("One transaction", "单一事务",
        Description = "All statements count, or none does. A statement that would commit by itself is refused.",
        DescriptionZh = "所有语句要么全部生效，要么全部不生效。会自行提交的语句将被拒绝。")]
    public bool Transaction { get; init; }
}
