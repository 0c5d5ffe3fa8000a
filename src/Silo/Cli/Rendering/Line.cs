using Spectre.Console;
using Spectre.Console.Rendering;

namespace Scheduler.Silo.Cli.Rendering;

/// <summary>One line for a person, in pieces with their colours. What it says without them is <see cref="ToString"/>.</summary>
internal sealed class Line
{
    private readonly List<Segment> segments = [];

    public IReadOnlyList<Segment> Segments => segments;

    /// <summary>Columns it takes; wide characters take two.</summary>
    public int Width => Segment.CellCount(segments);

    public static Line Of(string text, Style? style = null) => new Line().Add(text, style);

    /// <param name="text">Safe to print, without line breaks.</param>
    /// <param name="style">Null leaves the terminal's own.</param>
    public Line Add(string text, Style? style = null)
    {
        if (text.Length > 0) segments.Add(new Segment(text, style ?? Style.Plain));
        return this;
    }

    /// <summary>Blanks up to a column, at least one.</summary>
    public Line PadTo(int column) => Add(new string(' ', Math.Max(1, column - Width)));

    /// <summary>The same line cut to this many columns.</summary>
    public Line Fit(int width)
    {
        if (Width <= width) return this;

        var cut = new Line();
        cut.segments.AddRange(Segment.Truncate(segments, Math.Max(0, width)));
        return cut;
    }

    public override string ToString() => string.Concat(segments.Select(segment => segment.Text));
}
