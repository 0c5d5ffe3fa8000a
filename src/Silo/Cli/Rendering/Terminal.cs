using Spectre.Console;

namespace Scheduler.Silo.Cli.Rendering;

/// <summary>Where a verb writes its results: coloured on a terminal, plain text anywhere else.</summary>
internal sealed class Terminal(IAnsiConsole? console, TextWriter output)
{
    /// <summary>Standard output of this process.</summary>
    /// <param name="isPlain">True: plain text even on a terminal.</param>
    public static Terminal Open(bool isPlain) => new(isPlain || Console.IsOutputRedirected ? null : AnsiConsole.Console, Console.Out);

    /// <summary>The console to draw and redraw on; null when there is none.</summary>
    public IAnsiConsole? Live => console;

    public void Write(IReadOnlyList<Line> lines)
    {
        if (console is not null) console.Write(new Frame(lines));
        else foreach (var line in lines) output.WriteLine(line);
    }

    public void Write(string line) => Write([Line.Of(line)]);
}
