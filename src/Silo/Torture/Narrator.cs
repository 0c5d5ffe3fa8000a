using System.Globalization;

namespace Scheduler.Silo.Torture;

/// <summary>Tells what happens, one line each with the seconds since the start in front. Safe to use from several threads.</summary>
internal sealed class Narrator(TextWriter output, TimeProvider clock)
{
    private readonly Lock gate = new();
    private readonly long start = clock.GetTimestamp();

    public void Say(string what)
    {
        var seconds = clock.GetElapsedTime(start).TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture);
        lock (gate) output.WriteLine($"{seconds,7} s  {what}");
    }

    /// <summary>A line as it is.</summary>
    public void Write(string line)
    {
        lock (gate) output.WriteLine(line);
    }
}
