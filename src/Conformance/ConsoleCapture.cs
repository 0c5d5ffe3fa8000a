using System.Text;

namespace Scheduler.Conformance;

/// <summary>
/// Catches what one attempt prints, however many others run beside it: the console is shared, the flow of an attempt is its own.
/// </summary>
internal sealed class ConsoleCapture : TextWriter
{
    private static readonly AsyncLocal<StringBuilder?> s_captured = new();
    private static readonly Lock s_installing = new();
    private static bool s_isInstalled;

    private readonly TextWriter _console;

    private ConsoleCapture(TextWriter console) => _console = console;

    public override Encoding Encoding => _console.Encoding;

    /// <summary>What is printed from here on by whatever the caller awaits.</summary>
    public static StringBuilder Begin()
    {
        lock (s_installing)
        {
            if (!s_isInstalled)
            {
                Console.SetOut(new ConsoleCapture(Console.Out));
                Console.SetError(new ConsoleCapture(Console.Error));
                s_isInstalled = true;
            }
        }

        return s_captured.Value = new StringBuilder();
    }

    public override void Write(char value) => Write([value]);

    public override void Write(char[] buffer, int index, int count) => Write(buffer.AsSpan(index, count));

    public override void Write(string? value) => Write(value.AsSpan());

    public override void Write(ReadOnlySpan<char> buffer)
    {
        if (s_captured.Value is not { } captured) _console.Write(buffer);
        else lock (captured) captured.Append(buffer);
    }

    public override void WriteLine(string? value) => Write(value + NewLine);

    public override void Flush() => _console.Flush();
}
