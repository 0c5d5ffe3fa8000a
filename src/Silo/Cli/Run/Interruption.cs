using System.Runtime.InteropServices;

namespace Scheduler.Silo.Cli.Run;

/// <summary>
/// Ctrl-C, <c>kill</c> and a closed terminal as a request: the first cancels <see cref="Token"/>, a second one ends the process at
/// once, as the system does by default.
/// </summary>
internal sealed class Interruption : IDisposable
{
    private const string ShowCursor = "\e[?25h";

    private readonly CancellationTokenSource source = new();
    private readonly PosixSignalRegistration[] registrations;

    public Interruption() =>
        registrations = [Register(PosixSignal.SIGINT), Register(PosixSignal.SIGTERM), Register(PosixSignal.SIGHUP)];

    public CancellationToken Token => source.Token;

    public void Dispose()
    {
        foreach (var registration in registrations) registration.Dispose();
        source.Dispose();
    }

    private PosixSignalRegistration Register(PosixSignal signal) => PosixSignalRegistration.Create(signal, context =>
    {
        context.Cancel = !source.IsCancellationRequested;
        if (context.Cancel) source.Cancel();
        else if (!Console.IsOutputRedirected) Console.Out.Write(ShowCursor);
    });
}
