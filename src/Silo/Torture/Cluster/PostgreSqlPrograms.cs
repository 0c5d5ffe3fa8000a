using System.Diagnostics;
using System.Globalization;

namespace Scheduler.Silo.Torture.Cluster;

/// <summary>The installed programs of PostgreSQL, run as the user <c>postgres</c> where we are root, because they refuse root.</summary>
internal sealed class PostgreSqlPrograms
{
    private const string Debian = "/usr/lib/postgresql";

    private readonly string folder;

    private PostgreSqlPrograms(string folder) => this.folder = folder;

    /// <param name="given">The folder; null takes the PATH or the newest version below Debian's folder.</param>
    /// <exception cref="TortureImpossibleException">There are none.</exception>
    public static PostgreSqlPrograms Find(string? given)
    {
        var found = (given is null ? Candidates() : [given]).FirstOrDefault(folder => File.Exists(Path.Combine(folder, "initdb")));
        return found is null
            ? throw new TortureImpossibleException(
                $"There is no initdb in {given ?? "the PATH or below " + Debian}. Install PostgreSQL, name its folder by --postgres-bin, or give a --database.")
            : new PostgreSqlPrograms(found);
    }

    /// <summary>Starts a shell script, which finds the folder of the programs in <c>$0</c> and the arguments in <c>$1</c> and so on.</summary>
    public Process Start(string script, params string[] arguments)
    {
        string[] shell = ["/bin/sh", "-c", script, folder, .. arguments];
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
    /// <exception cref="TortureImpossibleException">It failed; the message holds what it wrote.</exception>
    public async Task RunAsync(string script, params string[] arguments)
    {
        using var process = Start($"{{ {script}; }} </dev/null >/dev/null", arguments);
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
            throw new TortureImpossibleException($"{script} ended with {process.ExitCode}: {await process.StandardError.ReadToEndAsync()}");
    }

    private static IEnumerable<string> Candidates() =>
    [
        .. (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':'),
        .. Directory.Exists(Debian)
            ? Directory.GetDirectories(Debian)
                .OrderByDescending(version => double.TryParse(Path.GetFileName(version), CultureInfo.InvariantCulture, out var number) ? number : 0)
                .Select(version => Path.Combine(version, "bin"))
            : [],
    ];
}
