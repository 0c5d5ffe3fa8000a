using System.Runtime.InteropServices;

namespace Scheduler.Silo.Cli.Users;

/// <summary>
/// While it lives the terminal shows nothing of what is typed, and what was typed before is dropped, as in <c>getpass(3)</c>. The
/// console of .NET hides a key only while it waits for one: what is pasted in between would be seen.
/// </summary>
internal sealed class HiddenInput : IDisposable
{
    /// <summary>Its file descriptor.</summary>
    public const int StandardInput = 0;

    private const int DropTypedFirst = 2; // TCSAFLUSH
    private const uint Echo = 8;

    /// <summary>Of <c>c_lflag</c> in <c>struct termios</c>, behind three flag words of four bytes.</summary>
    private const int LocalFlags = 12;

    private readonly byte[] before = new byte[256]; // larger than the structure of any platform
    private readonly PosixSignalRegistration[] signals;

    /// <exception cref="IOException">Standard input is no terminal.</exception>
    public HiddenInput()
    {
        if (GetTerminal(StandardInput, before) != 0) throw new IOException("Standard input is no terminal.");

        // Whoever is interrupted while typing gets back a terminal that shows again.
        signals = [.. new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP }.Select(signal => PosixSignalRegistration.Create(signal, _ => Restore()))];
        var hidden = before.ToArray();
        var flags = BitConverter.ToUInt32(hidden, LocalFlags) & ~Echo;
        BitConverter.TryWriteBytes(hidden.AsSpan(LocalFlags), flags);
        Set(hidden);
    }

    public void Dispose()
    {
        Restore();
        foreach (var signal in signals) signal.Dispose();
    }

    private void Restore() => Set(before);

    private static void Set(byte[] settings)
    {
        if (SetTerminal(StandardInput, DropTypedFirst, settings) != 0) throw new IOException("The terminal cannot be set up.");
    }

    [DllImport("libc", EntryPoint = "tcgetattr")]
    private static extern int GetTerminal(int descriptor, byte[] settings);

    [DllImport("libc", EntryPoint = "tcsetattr")]
    private static extern int SetTerminal(int descriptor, int when, byte[] settings);
}
