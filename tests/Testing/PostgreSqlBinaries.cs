using System.Diagnostics;
using System.Globalization;

namespace Scheduler.Testing;

/// <summary>Runs shell scripts around the installed PostgreSQL, as the user <c>postgres</c> where we are root: it refuses root.</summary>
internal static class PostgreSqlBinaries
{
    /// <summary>The script finds the folder of the binaries in <c>$0</c> and the arguments in <c>$1</c> and so on.</summary>
    public static Process StartShell(string script, params string[] arguments)
    {
        string[] shell = ["/bin/sh", "-c", script, Find(), .. arguments];
        string[] command = Environment.IsPrivilegedProcess
            ? ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", .. shell]
            : shell;

        return Process.Start(new ProcessStartInfo(command[0], command[1..])
        {
            WorkingDirectory = "/",
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
    }

    /// <summary>Runs a script to its end.</summary>
    /// <exception cref="InvalidOperationException">It failed; the message holds what it wrote.</exception>
    public static async Task RunAsync(string script, params string[] arguments)
    {
        using var process = StartShell($"{{ {script}; }} </dev/null >/dev/null", arguments);
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{script} ended with {process.ExitCode}: {await process.StandardError.ReadToEndAsync()}");
    }

    /// <summary>The newest version below Debian's folder, or what <c>SCHEDULER_POSTGRESQL_BIN</c> names.</summary>
    private static string Find() =>
        Environment.GetEnvironmentVariable("SCHEDULER_POSTGRESQL_BIN")
        ?? Directory.GetDirectories("/usr/lib/postgresql")
            .OrderByDescending(folder => double.Parse(Path.GetFileName(folder), CultureInfo.InvariantCulture))
            .Select(folder => Path.Combine(folder, "bin"))
            .First();
}
