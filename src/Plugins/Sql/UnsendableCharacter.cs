namespace Scheduler.Plugins.Sql;

/// <summary>Zero characters, at which some drivers cut the text, and halves of surrogate pairs, which have no encoding.</summary>
internal static class UnsendableCharacter
{
    /// <returns>Where the first one stands; -1 when there is none.</returns>
    public static int In(ReadOnlySpan<char> text)
    {
        var zero = text.IndexOf('\0');
        var checkedText = zero < 0 ? text : text[..zero];
        for (var at = 0; checkedText[at..].IndexOfAnyInRange('\uD800', '\uDFFF') is >= 0 and var offset; at += offset + 2)
        {
            var surrogate = at + offset;
            var isPair = surrogate + 1 < checkedText.Length && char.IsSurrogatePair(checkedText[surrogate], checkedText[surrogate + 1]);
            if (!isPair) return surrogate;
        }

        return zero;
    }
}
