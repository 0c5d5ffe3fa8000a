using Spectre.Console.Rendering;

namespace Scheduler.Silo.Cli.Rendering;

/// <summary>Lines that were laid out already, as something the console library draws. It neither wraps nor cuts them.</summary>
internal sealed class Frame(IReadOnlyList<Line> lines) : IRenderable
{
    public Measurement Measure(RenderOptions options, int maxWidth) => new(maxWidth, maxWidth);

    public IEnumerable<Segment> Render(RenderOptions options, int maxWidth)
    {
        foreach (var line in lines)
        {
            foreach (var segment in line.Segments) yield return segment;
            yield return Segment.LineBreak;
        }
    }
}
