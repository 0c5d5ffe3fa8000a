using System.Runtime.CompilerServices;
using System.Text;

namespace Scheduler.Api.Azkaban.Wire;

/// <summary>
/// Finished markup. The only way to put a value into it is an interpolated string, and that escapes every value that is not
/// markup itself, so a page cannot forget to.
/// </summary>
internal readonly record struct Html(string Markup)
{
    public static Html Empty { get; } = new("");

    public static Html Of(HtmlInterpolation markup) => new(markup.ToString());

    public static Html Join(IEnumerable<Html> parts) => new(string.Concat(parts.Select(part => part.Markup)));

    public override string ToString() => Markup;
}

/// <summary>Called by the compiler for <c>Html.Of($"…")</c>.</summary>
[InterpolatedStringHandler]
internal readonly struct HtmlInterpolation
{
    private readonly StringBuilder markup;

    public HtmlInterpolation(int literalLength, int formattedCount) => markup = new(literalLength + (16 * formattedCount));

    public void AppendLiteral(string literal) => markup.Append(literal);

    public void AppendFormatted(Html part) => markup.Append(part.Markup);

    public void AppendFormatted(string? text) => markup.Append(HtmlText.Escape(text));

    public void AppendFormatted(long number) => markup.Append(number);

    public override string ToString() => markup.ToString();
}
