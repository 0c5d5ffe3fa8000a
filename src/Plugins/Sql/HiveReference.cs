namespace Scheduler.Plugins.Sql;

/// <summary>A <c>${name}</c> in a text, from the dollar up to and without <paramref name="End"/>.</summary>
internal readonly record struct HiveReference(int Start, int End, string Name)
{
    /// <summary>The next one at or behind a position. A name holds no dollar, so the innermost of nested ones comes first.</summary>
    public static HiveReference? Next(string text, int from)
    {
        for (var start = from; text.IndexOf("${", start, StringComparison.Ordinal) is >= 0 and var open;)
        {
            var length = text.AsSpan(open + 2).IndexOfAny('}', '$', ' ');
            if (length < 0) return null;

            start = open + 2 + length;
            if (length > 0 && text[start] == '}') return new(open, start + 1, text.Substring(open + 2, length));
        }

        return null;
    }
}
