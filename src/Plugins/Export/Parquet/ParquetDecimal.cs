using System.Globalization;
using System.Numerics;
using Scheduler.Plugins.Export.Rows;

namespace Scheduler.Plugins.Export.Parquet;

/// <summary>Decimals of one fixed precision and scale. Zeros behind the point may go, digits never.</summary>
internal static class ParquetDecimal
{
    public static decimal Exact(in Cell cell, Column column, int precision, int scale)
    {
        var value = cell.Decimal;
        if (cell.WideDecimal is null && decimal.Round(value, Math.Min(scale, DecimalText.SafePrecision)) == value && CountWhole(value) <= precision - scale)
            return value;

        throw DoesNotFit(column, precision, scale);
    }

    public static BigInteger Unscaled(in Cell cell, Column column, int precision, int scale)
    {
        var text = (cell.WideDecimal ?? cell.Decimal.ToString(CultureInfo.InvariantCulture)).AsSpan();
        var point = text.IndexOf('.');
        var whole = point < 0 ? text : text[..point];
        var fraction = point < 0 ? [] : text[(point + 1)..].TrimEnd('0');
        if (fraction.Length > scale || whole.TrimStart("+-0").Length > precision - scale) throw DoesNotFit(column, precision, scale);

        return BigInteger.Parse($"{whole}{fraction}{new string('0', scale - fraction.Length)}", CultureInfo.InvariantCulture);
    }

    /// <summary>The text of an unscaled value, which a decimal may be too small for.</summary>
    public static Cell Scaled(BigInteger unscaled, int scale)
    {
        var digits = BigInteger.Abs(unscaled).ToString(CultureInfo.InvariantCulture).PadLeft(scale + 1, '0');
        var text = $"{(unscaled.Sign < 0 ? "-" : "")}{digits[..^scale]}{(scale > 0 ? "." : "")}{digits[^scale..]}";
        return DecimalText.TryParse(text, out var cell) ? cell : throw new FormatException($"{text} is no decimal");
    }

    private static int CountWhole(decimal value)
    {
        var digits = 0;
        for (var rest = Math.Abs(decimal.Truncate(value)); rest >= 1; rest /= 10) digits++;
        return digits;
    }

    private static ExportException DoesNotFit(Column column, int precision, int scale) => new("export.decimal-too-wide",
        $"Column '{column.Name}' holds a number that does not fit into decimal({precision}, {scale}). Cast it in the query to the precision it needs.");
}
