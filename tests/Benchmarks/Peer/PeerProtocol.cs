using System.Text.Json;
using System.Text.Json.Serialization;

namespace Scheduler.Benchmarks.Peer;

/// <summary>One line the driver sends.</summary>
/// <param name="Op"><c>setup</c>, <c>run</c>, <c>resume</c> or <c>quit</c>.</param>
/// <param name="Workload"><c>w1</c> to <c>w5</c>, for <c>run</c>.</param>
/// <param name="Params">Sizes, for <c>run</c>.</param>
/// <param name="Id">The workflow to be resumed after a kill.</param>
internal sealed record PeerRequest(string Op, string? Workload = null, PeerSizes? Params = null, string? Id = null);

/// <param name="N">Steps, or workflows.</param>
/// <param name="C">Steps at one time; 0 when it does not matter.</param>
internal sealed record PeerSizes(int N, int C = 0);

/// <summary>One line of answer. Members that are null are left out.</summary>
internal sealed record PeerReply(bool Ok)
{
    public string? Error { get; init; }

    /// <summary>The workload is unknown here, which is no failure.</summary>
    public bool? Skip { get; init; }
    public object? Config { get; init; }
    public double? WallMs { get; init; }
    public int? Steps { get; init; }

    /// <summary>Milliseconds; what of depends on the workload.</summary>
    public PeerLatency? Lat { get; init; }

    /// <summary>Bodies that ran.</summary>
    public PeerBodies? Exec { get; init; }

    /// <summary>Completions found in the store.</summary>
    public PeerStored? Db { get; init; }
    public int? DbExpected { get; init; }
}

internal sealed record PeerLatency(double P50, double P99, double Min, double Max, int N)
{
    public static PeerLatency? Of(IReadOnlyCollection<double> figures) => figures.Count == 0
        ? null
        : new(figures.Median(), figures.Percentile(0.99), figures.Min(), figures.Max(), figures.Count);
}

internal sealed record PeerBodies(int Executed, int Expected, int Repeated);

internal sealed record PeerStored(int N);

/// <summary>JSON lines in the driver's spelling.</summary>
internal static class PeerJson
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    public static PeerRequest Read(string line) => JsonSerializer.Deserialize<PeerRequest>(line, Options)!;

    public static string Write(PeerReply reply) => JsonSerializer.Serialize(reply, Options);
}
