using System.ComponentModel;
using Scheduler.Plugins.Processes.Native;

namespace Scheduler.Plugins.Processes;

/// <summary>Says in words why a program could not be started, and whose fault that is.</summary>
internal static class StartError
{
    /// <summary>Not an error number of the system: a string that cannot be handed over.</summary>
    public const int ZeroCharacter = -1;

    public static ProcessEnding.NotStarted Describe(int error, ProcessStart start)
    {
        var reason = error switch
        {
            ZeroCharacter => "its arguments or environment contain a zero character",
            Errors.NoSuchFile when start.Gate is { } gate && !File.Exists(gate) => "this process was silent for too long",
            Errors.NoSuchFile when !Directory.Exists(start.Directory) => "the directory does not exist",
            Errors.NoSuchFile => "there is no such program",
            Errors.AccessDenied => "permission denied (is the file executable?)",
            Errors.TooLong => "its arguments and environment are longer than the system allows",
            _ => new Win32Exception(error).Message,
        };
        var canRetry = error is Errors.Again or Errors.OutOfMemory or Errors.FilesExhausted or Errors.SystemFilesExhausted;
        return new($"Cannot run '{start.Program}' in '{start.Directory}': {reason}", canRetry);
    }
}
