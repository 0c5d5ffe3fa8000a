using System.Text.Json.Nodes;
using Scheduler.Contracts.Plugins;

namespace Scheduler.Silo.Plugins.Isolation;

/// <summary>The methods of the plugin protocol; see docs/guides/plugin-protocol.md. Never changed, only added to.</summary>
internal static class Methods
{
    public const int ProtocolVersion = 1;

    public const string Initialize = "initialize";
    public const string Describe = "describe";
    public const string Run = "run";
    public const string Reattach = "reattach";
    public const string Kill = "kill";
    public const string Cancel = "cancel";

    public const string Log = "log";
    public const string Output = "output";
    public const string Progress = "progress";
    public const string SaveHandle = "saveHandle";
    public const string PackageDirectory = "packageDirectory";
    public const string DataSource = "dataSource";
    public const string Reveal = "reveal";
}

/// <summary>Parameters of <c>initialize</c>, and what it gives back.</summary>
internal sealed record ProtocolMessage(int Protocol);

/// <summary>What <c>describe</c> gives back.</summary>
internal sealed record DescriptionMessage(IReadOnlyList<DescribedType> Types);

/// <summary>One node type of a plugin.</summary>
internal sealed record DescribedType
{
    public required string Id { get; init; }
    public int Version { get; init; } = 1;
    public string? Title { get; init; }
    public string? TitleZh { get; init; }
    public string? Description { get; init; }
    public string? DescriptionZh { get; init; }

    /// <summary>JSON schema of its settings; null when there is nothing to check.</summary>
    public JsonObject? Schema { get; init; }

    /// <summary>True when it answers <c>reattach</c> and <c>kill</c>.</summary>
    public bool Reattaches { get; init; }
}

/// <summary>Parameters of <c>run</c>, and with a handle of <c>reattach</c> and <c>kill</c>.</summary>
internal sealed record AttemptMessage
{
    public required long ExecutionId { get; init; }
    public required int Node { get; init; }
    public required int Attempt { get; init; }
    public required string NodeName { get; init; }
    public required string NodeType { get; init; }
    public required IReadOnlyDictionary<string, string> Properties { get; init; }

    /// <summary>Environment variables for every process that the plugin starts.</summary>
    public required IReadOnlyDictionary<string, string> Marker { get; init; }
    public string? Handle { get; init; }
}

/// <summary>What <c>run</c> and <c>reattach</c> give back. Which members count is said by <paramref name="Result"/>.</summary>
/// <param name="Result"><c>succeeded</c>, <c>failed</c>, <c>waiting</c> or <c>cancelled</c>.</param>
internal sealed record ResultMessage(string Result)
{
    public const string Succeeded = "succeeded";
    public const string Failed = "failed";
    public const string Waiting = "waiting";
    public const string Cancelled = "cancelled";

    public IReadOnlyDictionary<string, string>? Outputs { get; init; }
    public string? Code { get; init; }
    public string? Message { get; init; }
    public bool CanRetry { get; init; } = true;
    public string? Reason { get; init; }

    /// <summary>Seconds.</summary>
    public double? CheckAfter { get; init; }

    public static ResultMessage Of(NodeResult result) => result switch
    {
        NodeResult.Succeeded(var outputs) => new(Succeeded) { Outputs = outputs },
        NodeResult.Failed(var code, var message, var canRetry) => new(Failed) { Code = code, Message = message, CanRetry = canRetry },
        NodeResult.Waiting(var reason, var checkAfter) => new(Waiting) { Reason = reason, CheckAfter = checkAfter.TotalSeconds },
        _ => throw new InvalidOperationException("A plugin has no other result"),
    };

    /// <summary>Null for a cancelled attempt, and for what nobody understands.</summary>
    public NodeResult? ToResult() => Result switch
    {
        Succeeded => new NodeResult.Succeeded(Outputs ?? new Dictionary<string, string>()),
        Failed => new NodeResult.Failed(Code ?? "plugin.failed", Message ?? "The plugin gives no reason", CanRetry),
        Waiting => new NodeResult.Waiting(Reason ?? "", TimeSpan.FromSeconds(Math.Clamp(CheckAfter ?? 60, 1, 86_400))),
        _ => null,
    };
}

/// <summary>What <c>packageDirectory</c> gives back; both are full paths.</summary>
internal sealed record DirectoriesMessage(string Package, string Default);

/// <summary>What <c>dataSource</c> gives back.</summary>
internal sealed record DataSourceMessage(string Name, string Kind, IReadOnlyDictionary<string, string> Options, string? Password);
