namespace Scheduler.Silo.Cli;

/// <summary>What the process tells whoever started it.</summary>
internal static class ExitCodes
{
    public const int Succeeded = 0;

    /// <summary>The work was done and failed: an execution failed, a server could not go on.</summary>
    public const int Failed = 1;

    /// <summary>What was asked for makes no sense: wrong arguments, a broken package, invalid options.</summary>
    public const int Invalid = 2;
}
