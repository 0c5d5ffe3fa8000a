using System.Globalization;
using Scheduler.Contracts.Plugins;
using Scheduler.Plugins.Processes;

namespace Scheduler.Plugins.Shell;

/// <summary><c>user.to.proxy</c>: the user of the system that a script runs as. Never root, and never by another way than this process's own rights.</summary>
internal static class ProxyUser
{
    /// <summary>CAP_CHOWN, CAP_KILL, CAP_SETGID, CAP_SETUID, CAP_SYS_PTRACE: to become another user, and to find and end what that user has started.</summary>
    private const ulong NeededCapabilities = (1 << 0) | (1 << 5) | (1 << 6) | (1 << 7) | (1 << 19);

    private static readonly Lazy<bool> s_mayBecomeOthers = new(() => (Capabilities() & NeededCapabilities) == NeededCapabilities);

    /// <param name="given">The setting. Unless the node says otherwise it is the name of whoever ordered the execution.</param>
    /// <param name="submitter">Whoever did; is asked for nothing when administrators have not allowed it.</param>
    /// <param name="options">Whom administrators allow.</param>
    /// <param name="user">Null when the script runs as this process does.</param>
    public static NodeResult.Failed? Resolve(string? given, string? submitter, ProcessOptions options, out SystemUser? user)
    {
        user = null;
        if (string.IsNullOrEmpty(given) || given == Environment.UserName) return null;
        if (!options.ProxyUsers.Contains(given) && given == submitter) return null;
        if (!options.ProxyUsers.Contains(given)) return Refuse($"'{given}' is not among Processes:ProxyUsers");
        if (!s_mayBecomeOthers.Value) return Refuse($"the server runs as '{Environment.UserName}', without the rights to become '{given}'");

        user = SystemUser.Find(given);
        return user switch
        {
            null => Refuse($"the system knows no user '{given}'"),
            { User: 0 } => Refuse($"'{given}' is root"),
            _ => null,
        };
    }

    /// <summary>The words in front of a command.</summary>
    public static string[] Front(SystemUser user) =>
        ["setpriv", $"--reuid={Text(user.User)}", $"--regid={Text(user.Group)}", "--init-groups", "--"];

    public static void AddTo(Dictionary<string, string> environment, SystemUser user)
    {
        environment.TryAdd("HOME", user.Home);
        environment.TryAdd("USER", user.Name);
        environment.TryAdd("LOGNAME", user.Name);
    }

    private static NodeResult.Failed Refuse(string reason) => new("shell.user", $"user.to.proxy: {reason}", CanRetry: false);

    private static string Text(uint number) => number.ToString(CultureInfo.InvariantCulture);

    private static ulong Capabilities()
    {
        const string Effective = "CapEff:";
        var line = File.ReadLines("/proc/self/status").FirstOrDefault(line => line.StartsWith(Effective, StringComparison.Ordinal));
        return line is null ? 0 : Convert.ToUInt64(line[Effective.Length..].Trim(), 16);
    }
}
