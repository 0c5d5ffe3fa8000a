using System.Net.Sockets;
using Microsoft.Extensions.Options;
using Npgsql;
using Scheduler.Contracts;
using Scheduler.Silo.Secrets;
using Scheduler.Silo.Torture;

namespace Scheduler.Silo.Cli;

/// <summary>What is said when a verb could not do its work at all.</summary>
internal static class Failures
{
    /// <returns>The exit code.</returns>
    public static int Report(Exception exception, bool isVerbose, TextWriter errors)
    {
        foreach (var line in Explain(exception)) errors.WriteLine(line);
        if (isVerbose) errors.WriteLine(exception);
        return exception is OptionsValidationException ? ExitCodes.Invalid : ExitCodes.Failed;
    }

    private static IEnumerable<string> Explain(Exception exception) => exception switch
    {
        OptionsValidationException options => options.Failures,
        StorageUnavailableException => [$"The database cannot be reached: {Cause(exception)}"],
        NpgsqlException { InnerException: SocketException or TimeoutException } or SocketException => [$"The database cannot be reached: {Cause(exception)}"],
        OperationCanceledException => ["Interrupted."],
        IOException or UnauthorizedAccessException or TortureImpossibleException or UnreadableSecretException => [exception.Message],
        _ => [$"{Cause(exception)} (--verbose shows where)"],
    };

    /// <summary>The innermost message: the outer ones only say that something failed.</summary>
    private static string Cause(Exception exception)
    {
        var cause = exception;
        while (cause.InnerException is { } inner) cause = inner;
        return cause.Message.ReplaceLineEndings(" ");
    }
}
