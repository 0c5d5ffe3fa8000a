using System.Data.Common;
using System.Globalization;

namespace Scheduler.Plugins.Sql.Targets;

/// <summary>A value of a result as text: ISO 8601 for dates, a point in numbers, hexadecimal digits for bytes.</summary>
internal static class CellText
{
    /// <returns>Null for NULL.</returns>
    public static string? Of(DbDataReader reader, int column) => reader.GetValue(column) switch
    {
        DBNull => null,
        string text => text,
        bool truth => truth ? "true" : "false",
        byte[] bytes => "0x" + Convert.ToHexString(bytes),
        DateTime instant => instant.ToString(IsDate(reader, column) ? "yyyy-MM-dd" : "yyyy-MM-dd HH:mm:ss.FFFFFF", CultureInfo.InvariantCulture),
        IFormattable value => value.ToString(null, CultureInfo.InvariantCulture),
        var value => value.ToString(),
    };

    public static bool IsDate(DbDataReader reader, int column) => reader.GetDataTypeName(column).Equals("date", StringComparison.OrdinalIgnoreCase);
}
