namespace Scheduler.Silo.Definitions;

/// <summary>A string, number or Boolean of the condition language, with the conversions and comparisons of JavaScript.</summary>
internal readonly record struct ScriptValue
{
    private readonly string? text;
    private readonly double number;
    private readonly bool isBoolean;

    public ScriptValue(string text) => this.text = text;

    public ScriptValue(double number) => this.number = number;

    public ScriptValue(bool value) => (number, isBoolean) = (value ? 1 : 0, true);

    /// <summary>Null when it is a string or a number.</summary>
    public bool? Boolean => isBoolean ? number != 0 : null;

    /// <summary>Empty text, zero and NaN are not.</summary>
    public bool IsTruthy => text is null ? number != 0 && !double.IsNaN(number) : text.Length > 0;

    /// <summary>The operator <c>==</c>: text by text, anything else as numbers.</summary>
    public bool LooselyEquals(ScriptValue other) =>
        text is not null && other.text is not null ? text == other.text : ToNumber() == other.ToNumber();

    /// <summary>
    /// Text by UTF-16 unit, anything else as numbers. Negative, zero or positive; null when one of them is not a number, so that
    /// every comparison with the result is false.
    /// </summary>
    public int? CompareWith(ScriptValue other)
    {
        if (text is not null && other.text is not null) return string.CompareOrdinal(text, other.text);

        var (left, right) = (ToNumber(), other.ToNumber());
        return double.IsNaN(left) || double.IsNaN(right) ? null : left.CompareTo(right);
    }

    private double ToNumber() => text is null ? number : ScriptNumber.FromText(text);
}
