using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using Scheduler.Silo.Users;

namespace Scheduler.Silo.Cli.Users;

/// <summary>The users of a database, open for one verb. A server may be running on it.</summary>
internal sealed class UserSession(IServiceProvider services)
{
    public UserAdministration Administration => services.GetRequiredService<UserAdministration>();

    public UserImport Import => services.GetRequiredService<UserImport>();

    /// <summary>Who orders the changes, for the audit log: whoever started this process.</summary>
    public static string Actor => DatabaseSession.Actor;

    /// <summary>Runs the work on the users of the database the flags name.</summary>
    /// <returns>The exit code.</returns>
    public static Task<int> UseAsync(ParseResult parsed, Func<UserSession, CancellationToken, Task<int>> work, CancellationToken cancellationToken) =>
        DatabaseSession.UseAsync(
            parsed, services => services.AddUsers(), (services, token) => work(new UserSession(services), token), cancellationToken);
}
