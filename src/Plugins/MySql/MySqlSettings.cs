using Scheduler.Plugins.Sql.Scripts;

namespace Scheduler.Plugins.MySql;

/// <summary>Settings of <c>mysql</c>.</summary>
public sealed class MySqlSettings : TransactionalSettings;
