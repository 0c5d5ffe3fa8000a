using System.Globalization;
using Scheduler.Plugins.Export.Rows;

namespace Scheduler.Plugins.Export.Tables;

/// <summary>
/// From a column of the rows to a column of a table. A value arrives as it was or the export fails: nothing is rounded, cut off or
/// moved to another zone.
/// </summary>
internal static class CellConversion
{
    private const long MaxExactInDouble = 1L << 53;
    private const long MaxExactInSingle = 1L << 24;

    private static readonly Func<Cell, Cell> s_same = static cell => cell;

    /// <summary>Null when no value could arrive. The function is for cells that are not NULL; it throws for a value that does not fit.</summary>
    public static Func<Cell, Cell>? Of(Column from, TableColumn to) => (from.Kind, to.Kind) switch
    {
        (ColumnKind.Text, null or ColumnKind.Text) => s_same,
        (ColumnKind.Binary, ColumnKind.Binary) => s_same,
        (ColumnKind.Boolean, ColumnKind.Boolean or ColumnKind.Int16 or ColumnKind.Int32 or ColumnKind.Int64) => s_same,
        (ColumnKind.Single, ColumnKind.Single) or (ColumnKind.Double, ColumnKind.Double) or (ColumnKind.Date, ColumnKind.Date) => s_same,
        (ColumnKind.Single, ColumnKind.Double) => static cell => Cell.Of((double)cell.Single),
        (ColumnKind.Double, ColumnKind.Single) => cell =>
            (float)cell.Double is var value && (value == cell.Double || double.IsNaN(cell.Double)) ? Cell.Of(value) : throw Lossy(from, to, cell.Double),
        (ColumnKind.Date, ColumnKind.Timestamp) => s_same,
        (ColumnKind.Timestamp, ColumnKind.Timestamp) or (ColumnKind.Instant, ColumnKind.Instant) => Digits(from, to, static cell => cell.Timestamp.Ticks),
        (ColumnKind.Time, ColumnKind.Time) => TimeOf(from, to),
        (ColumnKind.Decimal, ColumnKind.Decimal) => DecimalOf(from, to),
        ({ } kind, { } target) when IsInteger(kind) => FromInteger(from, to, target),
        (ColumnKind.Decimal, { } target) when IsInteger(target) => cell => Cell.Of(
            cell.WideDecimal is null && decimal.Truncate(cell.Decimal) == cell.Decimal && cell.Decimal >= Least(target) && cell.Decimal <= Greatest(target)
                ? (long)cell.Decimal
                : throw Lossy(from, to, cell.WideDecimal ?? (object)cell.Decimal)),
        _ => null,
    };

    private static Func<Cell, Cell>? FromInteger(Column from, TableColumn to, ColumnKind target) => target switch
    {
        _ when target == from.Kind => s_same,
        ColumnKind.Int16 or ColumnKind.Int32 or ColumnKind.Int64 => Within(from, to, Least(target), Greatest(target), s_same),
        ColumnKind.Boolean => Within(from, to, 0, 1, s_same),
        ColumnKind.Decimal => static cell => Cell.Of((decimal)cell.Integer),
        ColumnKind.Double => Within(from, to, -MaxExactInDouble, MaxExactInDouble, static cell => Cell.Of((double)cell.Integer)),
        ColumnKind.Single => Within(from, to, -MaxExactInSingle, MaxExactInSingle, static cell => Cell.Of((float)cell.Integer)),
        _ => null,
    };

    private static Func<Cell, Cell> Within(Column from, TableColumn to, long least, long greatest, Func<Cell, Cell> convert) =>
        cell => cell.Integer >= least && cell.Integer <= greatest ? convert(cell) : throw Lossy(from, to, cell.Integer);

    private static Func<Cell, Cell> DecimalOf(Column from, TableColumn to)
    {
        if (to.Scale is not { } scale || (from.Precision > 0 && from.Scale <= scale)) return s_same;

        return cell => (cell.WideDecimal is { } digits ? Fraction(digits) <= scale : cell.Decimal.Scale <= scale || decimal.Round(cell.Decimal, scale) == cell.Decimal)
            ? cell
            : throw Lossy(from, to, cell.WideDecimal ?? (object)cell.Decimal);
    }

    private static Func<Cell, Cell> TimeOf(Column from, TableColumn to)
    {
        var digits = Digits(from, to, static cell => cell.Time.Ticks);
        return to.IsDuration ? digits : cell => cell.Time.Ticks is >= 0 and <= TimeSpan.TicksPerDay ? digits(cell) : throw Lossy(from, to, cell.Time);
    }

    /// <summary>Digits of a second that the column has no room for must be zeros.</summary>
    private static Func<Cell, Cell> Digits(Column from, TableColumn to, Func<Cell, long> ticks)
    {
        var step = (long)Math.Pow(10, Math.Max(0, 7 - (to.Scale ?? 7)));
        return step == 1 ? s_same : cell => ticks(cell) % step == 0 ? cell : throw Lossy(from, to, new DateTime(Math.Abs(ticks(cell))).ToString("O", CultureInfo.InvariantCulture));
    }

    private static int Fraction(string digits) => digits.IndexOf('.') is >= 0 and var point ? digits.AsSpan(point + 1).TrimEnd('0').Length : 0;

    private static bool IsInteger(ColumnKind kind) => kind is ColumnKind.Int16 or ColumnKind.Int32 or ColumnKind.Int64;

    private static long Least(ColumnKind kind) => kind switch { ColumnKind.Int16 => short.MinValue, ColumnKind.Int32 => int.MinValue, _ => long.MinValue };

    private static long Greatest(ColumnKind kind) => kind switch { ColumnKind.Int16 => short.MaxValue, ColumnKind.Int32 => int.MaxValue, _ => long.MaxValue };

    private static ExportException Lossy(Column from, TableColumn to, object value) => new("export.value", string.Create(CultureInfo.InvariantCulture,
        $"Column '{from.Name}' holds {value}, which '{to.Name}' ({to.TypeName}) cannot keep. Convert it in the query, or widen the table's column."));
}
