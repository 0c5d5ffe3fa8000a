using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Scheduler.Contracts.Instances;

namespace Scheduler.Silo.Nodes.Parameters;

/// <summary>
/// The <c>azkaban.flow.*</c> properties of an execution: written on the first use, then copied for every attempt. Keep one per
/// execution. Safe for concurrent use.
/// </summary>
internal sealed class ExecutionProperties(ExecutionFacts facts)
{
    private readonly Lazy<Dictionary<string, string>> values = new(() => Describe(facts));

    public ExecutionFacts Facts => facts;

    /// <summary>A fresh copy that the caller may change.</summary>
    public Dictionary<string, string> Copy(int spare)
    {
        var copy = new Dictionary<string, string>(values.Value);
        copy.EnsureCapacity(copy.Count + spare);
        return copy;
    }

    private static Dictionary<string, string> Describe(ExecutionFacts facts)
    {
        var start = TimeZoneInfo.ConvertTime(facts.StartedAt, facts.Zone);
        var described = new Dictionary<string, string>
        {
            ["azkaban.flow.flowid"] = facts.WorkflowId,
            ["azkaban.flow.execid"] = Text(facts.ExecutionId),
            ["azkaban.flow.projectid"] = Text(facts.ProjectId),
            ["azkaban.flow.projectname"] = facts.ProjectName,
            ["azkaban.flow.projectversion"] = Text(facts.Version),
            ["azkaban.flow.uuid"] = Uuid(facts).ToString(),
            ["azkaban.flow.submituser"] = facts.SubmittedBy,
            ["azkaban.flow.projectlastchangedby"] = facts.ProjectModifiedBy,
            ["azkaban.flow.projectlastchangeddate"] = Text(facts.ProjectModifiedAt.ToUnixTimeMilliseconds()),
            ["azkaban.flow.executionsource"] = Source(facts.Initiator),
            ["azkaban.flow.start.timestamp"] = Text(start, start.Offset == TimeSpan.Zero
                ? "yyyy-MM-dd'T'HH:mm:ss.fff'Z'" : "yyyy-MM-dd'T'HH:mm:ss.fffzzz"),
            ["azkaban.flow.start.year"] = Text(start, "yyyy"),
            ["azkaban.flow.start.month"] = Text(start, "MM"),
            ["azkaban.flow.start.day"] = Text(start, "dd"),
            ["azkaban.flow.start.hour"] = Text(start, "HH"),
            ["azkaban.flow.start.minute"] = Text(start, "mm"),
            ["azkaban.flow.start.second"] = Text(start, "ss"),
            ["azkaban.flow.start.milliseconds"] = Text(start, "fff"),
            ["azkaban.flow.start.timezone"] = facts.Zone.Id,
        };

        if (facts.BaseUrl is null) return described;

        var root = Root(facts.BaseUrl);
        described["azkaban.url"] = root;
        described["azkaban.webserverhost"] = facts.BaseUrl.Host;
        described["azkaban.link.execution.url"] = $"{root}/executor?execid={facts.ExecutionId}";
        return described;
    }

    /// <summary>The base URL as links start with it.</summary>
    public static string Root(Uri baseUrl) => baseUrl.OriginalString.TrimEnd('/');

    /// <summary>
    /// Made from the execution and not drawn, so that an adopted execution keeps it without storing it. Version 8 of RFC 9562.
    /// </summary>
    private static Guid Uuid(ExecutionFacts facts)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes($"{facts.ExecutionId}/{facts.SubmittedAt.UtcTicks}/{facts.ProjectId}"), hash);
        hash[6] = (byte)((hash[6] & 0x0F) | 0x80);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash[..16], bigEndian: true);
    }

    private static string Source(Initiator initiator) => initiator switch
    {
        Initiator.Person => "adhoc",
        Initiator.Schedule => "schedule",
        Initiator.Retry => "retry",
        _ => throw new ArgumentOutOfRangeException(nameof(initiator), initiator, "Azkaban has no name for it."),
    };

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Text(DateTimeOffset instant, string format) => instant.ToString(format, CultureInfo.InvariantCulture);
}
