using System.Collections;
using System.Collections.ObjectModel;
using System.Data.Common;

namespace Scheduler.Plugins.Tests.Export;

internal sealed record SourceColumn(string Name, Type Type, string? DataType = null, int? Precision = null, int? Scale = null);

/// <summary>Rows made on the way, as a database driver would hand them over. The sequence may throw, as a broken connection does.</summary>
internal class SourceRows(IReadOnlyList<SourceColumn> columns, IEnumerable<object?[]> rows) : DbDataReader, IDbColumnSchemaGenerator
{
    private readonly IEnumerator<object?[]> _rows = rows.GetEnumerator();

    public static SourceRows OfText(string name, params string?[] values) =>
        new([new(name, typeof(string))], values.Select(value => new object?[] { value }));

    public override int FieldCount => columns.Count;
    public override bool HasRows => true;
    public override bool IsClosed => false;
    public override int Depth => 0;
    public override int RecordsAffected => -1;
    public override object this[int ordinal] => GetValue(ordinal);
    public override object this[string name] => GetValue(GetOrdinal(name));
    public override bool Read() => _rows.MoveNext();
    public override bool NextResult() => false;
    public override string GetName(int ordinal) => columns[ordinal].Name;
    public override int GetOrdinal(string name) => columns.ToList().FindIndex(column => column.Name == name);
    public override Type GetFieldType(int ordinal) => columns[ordinal].Type;
    public override string GetDataTypeName(int ordinal) => columns[ordinal].DataType ?? columns[ordinal].Type.Name;
    public override object GetValue(int ordinal) => _rows.Current[ordinal] ?? DBNull.Value;
    public override bool IsDBNull(int ordinal) => _rows.Current[ordinal] is null;
    public override int GetValues(object[] values) => throw new NotSupportedException();
    public override bool GetBoolean(int ordinal) => (bool)GetValue(ordinal);
    public override byte GetByte(int ordinal) => (byte)GetValue(ordinal);
    public override char GetChar(int ordinal) => (char)GetValue(ordinal);
    public override short GetInt16(int ordinal) => (short)GetValue(ordinal);
    public override int GetInt32(int ordinal) => (int)GetValue(ordinal);
    public override long GetInt64(int ordinal) => (long)GetValue(ordinal);
    public override float GetFloat(int ordinal) => (float)GetValue(ordinal);
    public override double GetDouble(int ordinal) => (double)GetValue(ordinal);
    public override decimal GetDecimal(int ordinal) => GetValue(ordinal) is decimal value ? value : throw new OverflowException();
    public override DateTime GetDateTime(int ordinal) => (DateTime)GetValue(ordinal);
    public override Guid GetGuid(int ordinal) => (Guid)GetValue(ordinal);
    public override string GetString(int ordinal) => (string)GetValue(ordinal);
    public override long GetBytes(int ordinal, long dataOffset, byte[]? buffer, int bufferOffset, int length) => throw new NotSupportedException();
    public override long GetChars(int ordinal, long dataOffset, char[]? buffer, int bufferOffset, int length) => throw new NotSupportedException();
    public override IEnumerator GetEnumerator() => throw new NotSupportedException();

    public ReadOnlyCollection<DbColumn> GetColumnSchema() => columns.Select(column => (DbColumn)new Schema(column)).ToList().AsReadOnly();

    private sealed class Schema : DbColumn
    {
        public Schema(SourceColumn column) => (ColumnName, NumericPrecision, NumericScale) = (column.Name, column.Precision, column.Scale);
    }
}
