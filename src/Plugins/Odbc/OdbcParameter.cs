using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;

namespace Scheduler.Plugins.Odbc;

/// <summary>
/// A value for one <c>?</c> of a statement; the order counts, not the name. The type is that of the value. A <see cref="DateTimeOffset"/>
/// goes as its instant in UTC: ODBC has no zones.
/// </summary>
internal sealed class OdbcParameter : DbParameter
{
    public override DbType DbType { get; set; } = DbType.String;

    public override ParameterDirection Direction
    {
        get => ParameterDirection.Input;
        set
        {
            if (value != ParameterDirection.Input) throw new NotSupportedException("Parameters go in only.");
        }
    }

    public override bool IsNullable { get; set; }

    [AllowNull]
    public override string ParameterName { get; set; } = "";

    public override int Size { get; set; }

    [AllowNull]
    public override string SourceColumn { get; set; } = "";

    public override bool SourceColumnNullMapping { get; set; }

    public override object? Value { get; set; }

    public override void ResetDbType() => DbType = DbType.String;
}
