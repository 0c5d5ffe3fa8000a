using System.Text.Json;
using System.Text.Json.Serialization;

namespace Scheduler.Benchmarks.Peer;

/// <summary>One line from the driver.</summary>
/// <param name="Op"><c>setup</c>, <c>run</c>, <c>resume</c> or <c>quit</c>.</param>
/// <param name="Workload">With <c>run</c>: <c>w1</c> to <c>w5</c>.</param>
/// <param name="Id">Names a run that is to be found again after a crash; null otherwise.</param>
/// <param name="Params">With <c>run</c>.</param>
internal sealed record PeerRequest(string Op, string? Workload, string? Id, PeerSize? Params);

/// <param name="N">Steps or workflows.</param>
/// <param name="C">Steps at one time; 0 where the workload does not say.</param>
internal sealed record PeerSize(int N, int C);

/// <summary>One line to the driver. Null members are left out.</summary>
internal sealed record PeerReply
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    public required bool Ok { get; init; }
    public string? Error { get; init; }

    /// <summary>What was measured is described, for those who read the results later.</summary>
    public IReadOnlyDictionary<string, string>? Config { get; init; }

    public double? WallMs { get; init; }
    public int? Steps { get; init; }
    public PeerLatency? Lat { get; init; }
    public PeerExecuted? Exec { get; init; }
    public PeerStored? Db { get; init; }
    public int? DbExpected { get; init; }

    public string ToLine() => JsonSerializer.Serialize(this, Json);

    public static PeerRequest ReadRequest(string line) =>
        JsonSerializer.Deserialize<PeerRequest>(line, Json) ?? throw new JsonException("The line holds no request");
}

/// <summary>Milliseconds.</summary>
internal sealed record PeerLatency(double P50, double P99, double Min, double Max, int N)
{
    /// <summary>Null for nothing.</summary>
    public static PeerLatency? Of(IReadOnlyCollection<double> values) => values.Count == 0
        ? null
        : new PeerLatency(values.Percentile(0.5), values.Percentile(0.99), values.Min(), values.Max(), values.Count);
}

/// <param name="Executed">Steps whose body ran.</param>
/// <param name="Expected">Steps there are.</param>
/// <param name="Repeated">Steps whose body ran more than once.</param>
internal sealed record PeerExecuted(int Executed, int Expected, int Repeated);

/// <param name="N">Completions of steps that stand in the database.</param>
internal sealed record PeerStored(int N);
