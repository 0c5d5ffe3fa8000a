namespace Scheduler.Plugins.Processes;

/// <summary>How a process that nobody stopped came to its end.</summary>
public abstract record ProcessEnding
{
    private ProcessEnding() { }

    /// <param name="Code">
    /// 0 to 255 as the program said; 128 plus the signal's number when a signal ended it, as shells and Java count.
    /// </param>
    /// <param name="Signal">The signal that ended it; null when it ended by itself.</param>
    public sealed record Exited(int Code, int? Signal) : ProcessEnding
    {
        internal static Exited FromStatus(int status)
        {
            var signal = status & 0x7f;
            return signal == 0 ? new((status >> 8) & 0xff, Signal: null) : new(128 + signal, signal);
        }
    }

    /// <summary>Nothing has run.</summary>
    /// <param name="Message">For a person.</param>
    /// <param name="CanRetry">True when the machine was short of something, false when the order itself cannot be carried out.</param>
    public sealed record NotStarted(string Message, bool CanRetry) : ProcessEnding;
}
