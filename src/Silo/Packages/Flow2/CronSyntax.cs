using System.Globalization;

namespace Scheduler.Silo.Packages.Flow2;

/// <summary>
/// Whether a text is a Quartz 2.2 cron expression. Only its syntax: whether and when it fires is the business of schedules.
/// </summary>
internal static class CronSyntax
{
    private const int DayOfMonth = 3, DayOfWeek = 5;

    private static readonly string[] Months = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];
    private static readonly string[] Days = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];

    /// <summary>Lowest value, highest value, names of values from the lowest on.</summary>
    private static readonly (int Min, int Max, string[] Names)[] Fields =
    [
        (0, 59, []), (0, 59, []), (0, 23, []), (1, 31, []), (1, 12, Months), (1, 7, Days), (1970, 2099, []),
    ];

    public static bool IsValid(string expression)
    {
        var fields = Split(expression);
        if (fields.Length is < 6 or > 7 || (fields[DayOfMonth] == "?") == (fields[DayOfWeek] == "?")) return false;

        return fields.Select((field, i) => IsField(field, i)).All(isField => isField);
    }

    /// <summary>True when the expression cannot fire twice in a minute.</summary>
    public static bool StartsAtSecondZero(string expression) => Split(expression)[0] == "0";

    private static string[] Split(string expression) =>
        expression.ToUpperInvariant().Split(default(char[]), StringSplitOptions.RemoveEmptyEntries);

    private static bool IsField(string field, int position)
    {
        if (field == "?") return position is DayOfMonth or DayOfWeek;

        return IsSpecialDay(field, position) || field.Split(',').All(part => IsPart(part, position));
    }

    /// <summary>Forms that stand alone in a day field: <c>L</c>, <c>L-3</c>, <c>LW</c>, <c>15W</c>, <c>6L</c>, <c>FRI#2</c>.</summary>
    private static bool IsSpecialDay(string field, int position)
    {
        if (position == DayOfMonth)
            return field is "L" or "LW"
                || (field.StartsWith("L-", StringComparison.Ordinal) && IsNumber(field[2..], 0, 30))
                || (field.EndsWith('W') && IsValue(field[..^1], position));

        var hash = field.IndexOf('#');
        return position == DayOfWeek
            && (field == "L" || (field.EndsWith('L') && IsValue(field[..^1], position))
                || (hash > 0 && IsValue(field[..hash], position) && IsNumber(field[(hash + 1)..], 1, 5)));
    }

    private static bool IsPart(string part, int position)
    {
        var slash = part.IndexOf('/');
        var range = slash < 0 ? part : part[..slash];
        var isOpen = range is "*" or "";
        if (slash >= 0 && !IsNumber(part[(slash + 1)..], 1, isOpen ? Math.Max(Fields[position].Max, 1) : int.MaxValue)) return false;
        if (isOpen) return range == "*" || slash == 0;

        var ends = range.Split('-');
        return ends.Length <= 2 && ends.All(end => IsValue(end, position));
    }

    private static bool IsValue(string text, int position)
    {
        var (min, max, names) = Fields[position];
        return names.Contains(text) || IsNumber(text, min, max);
    }

    private static bool IsNumber(string text, int min, int max) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= min && value <= max;
}
