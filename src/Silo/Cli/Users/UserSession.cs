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
}
