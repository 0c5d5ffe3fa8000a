using Scheduler.Contracts.Instances;
using Scheduler.Silo.Cli.Rendering;
using Spectre.Console;

namespace Scheduler.Silo.Cli.Run;

/// <summary>Shows an execution while it runs: a screen that is redrawn in place, or lines that are only ever added.</summary>
internal sealed class ProgressDisplay(Terminal terminal, TimeProvider clock)
{
    /// <returns>The last look.</returns>
    public async Task<ExecutionView> ShowAsync(IAsyncEnumerable<ExecutionView> looks)
    {
        var last = terminal.Live is { } console ? await DrawAsync(console, looks) : await AppendAsync(looks);
        return last ?? throw new InvalidOperationException("There is at least one look.");
    }

    /// <summary>The last screen stays; what was drawn before it is cleared, as it may have been higher.</summary>
    private async Task<ExecutionView?> DrawAsync(IAnsiConsole console, IAsyncEnumerable<ExecutionView> looks)
    {
        ExecutionView? last = null;
        await console.Live(new Frame([])).AutoClear(true).StartAsync(async screen =>
        {
            await foreach (var look in looks)
            {
                last = look;
                screen.UpdateTarget(Draw(console, look));
            }
        });
        if (last is not null) console.Write(Draw(console, last));
        return last;
    }

    private Frame Draw(IAnsiConsole console, ExecutionView look) =>
        new(ProgressScreen.Draw(look, clock.GetUtcNow(), console.Profile.Width, console.Profile.Height));

    private async Task<ExecutionView?> AppendAsync(IAsyncEnumerable<ExecutionView> looks)
    {
        ExecutionView? last = null;
        await foreach (var look in looks)
        {
            foreach (var line in PlainProgress.Changes(last, look)) terminal.Write(line);
            last = look;
        }

        return last;
    }
}
