using System.Data.Common;
using System.Globalization;
using Scheduler.Contracts.Plugins;

namespace Scheduler.Plugins.Sql.Targets;

/// <summary>Whatever is behind an ODBC driver.</summary>
internal sealed class OdbcTarget(DataSource source, SqlDialect dialect) : SqlTarget(source)
{
    public override SqlDialect Dialect => dialect;

    public override PlaceholderForm Placeholders => PlaceholderForm.QuestionMark;

    public override DdlEffect Ddl => dialect.HasDelimiterCommand ? DdlEffect.Commits : DdlEffect.Unknown;

    public override SqlError Judge(Exception error) => error is DbException { SqlState: { } state } refusal
        ? new(string.Create(CultureInfo.InvariantCulture, $"{state} ({refusal.ErrorCode})"), SqlStates.CanRetry(state))
        : new(error.GetType().Name, CanRetry: true);
}
