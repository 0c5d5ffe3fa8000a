using System.Globalization;
using System.Text;

namespace Scheduler.Silo.Nodes.Processes;

/// <summary>
/// Says which silo a process belongs to, in a form that anybody on the host can check: the silo's pid namespace, process number and
/// start time (clock ticks since boot), and a random part that tells apart several silos in one process.
/// </summary>
internal sealed record SiloMarker(string PidNamespace, int Pid, long StartedAt, string Salt)
{
    /// <summary>The environment variable that carries it.</summary>
    public const string Variable = "SCHEDULER_SILO";

    private static readonly byte[] s_variableAndSign = Encoding.UTF8.GetBytes(Variable + "=");

    public static ReadOnlySpan<byte> VariableAndSign => s_variableAndSign;

    /// <summary>A new marker for a silo in this process.</summary>
    public static SiloMarker ForThisProcess() => new(
        OwnNamespace(), Environment.ProcessId,
        StartOf(Environment.ProcessId) ?? throw new PlatformNotSupportedException("Processes cannot be told apart without /proc"),
        Guid.NewGuid().ToString("N")[..8]);

    /// <summary>Null for anything that <see cref="ToString"/> does not write.</summary>
    public static SiloMarker? Parse(string text)
    {
        var parts = text.Split('.');
        return parts is [{ Length: > 0 } space, var pid, var start, { Length: 8 } salt]
            && int.TryParse(pid, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && long.TryParse(start, NumberStyles.None, CultureInfo.InvariantCulture, out var startedAt)
            ? new(space, number, startedAt, salt)
            : null;
    }

    /// <summary>
    /// True only when this process can be sure: a silo of another container on the host has a process number of its own world.
    /// </summary>
    public bool IsCertainlyGone() => PidNamespace == OwnNamespace() && StartOf(Pid) != StartedAt;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{PidNamespace}.{Pid}.{StartedAt}.{Salt}");

    /// <summary>The number inside <c>pid:[4026531836]</c>; 0 where the kernel does not say.</summary>
    private static string OwnNamespace()
    {
        var link = new FileInfo("/proc/self/ns/pid").LinkTarget;
        return link is null ? "0" : string.Concat(link.Where(char.IsAsciiDigit));
    }

    /// <summary>When a process of this host was started, in clock ticks since boot.</summary>
    /// <returns>Null when there is no such process, or only its exit status is left.</returns>
    public static long? StartOf(int pid)
    {
        string stat;
        try
        {
            stat = File.ReadAllText($"/proc/{pid}/stat");
        }
        catch (IOException)
        {
            return null;
        }

        // The name, in parentheses, may hold anything; the state is the first field behind it and the start the twentieth.
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        return fields[0] is "Z" or "X" ? null : long.Parse(fields[19], CultureInfo.InvariantCulture);
    }
}
