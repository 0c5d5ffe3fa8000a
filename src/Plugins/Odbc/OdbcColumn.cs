using System.Data.Common;
using Scheduler.Plugins.Odbc.Native;

namespace Scheduler.Plugins.Odbc;

/// <summary>A column of a result: what callers may know, and how its values travel.</summary>
internal sealed class OdbcColumn : DbColumn
{
    public OdbcColumn(int ordinal, string name, SqlTypeDescription type, string typeName, bool? isNullable)
    {
        Shape = ValueShape.Of(type);
        Type = type;
        ColumnOrdinal = ordinal;
        ColumnName = name;
        DataTypeName = typeName;
        DataType = Shape.ClrType;
        AllowDBNull = isNullable;
        IsLong = type.Code is SqlType.LongVarBinary or SqlType.WideLongVarChar or SqlType.LongVarChar;
        ColumnSize = (int)Math.Clamp(type.Size, 0, int.MaxValue);
        if (type.Code is SqlType.Numeric or SqlType.Decimal) (NumericPrecision, NumericScale) = (ColumnSize, type.Digits);
        if (type.Code is SqlType.Timestamp or SqlType.Time) NumericScale = type.Digits;
    }

    public SqlTypeDescription Type { get; }

    public ValueShape Shape { get; }
}
