using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using Scheduler.Contracts.Instances;
using Scheduler.Contracts.Nodes;

namespace Scheduler.Examples.Tests;

/// <summary>The file <c>expected.json</c> of an example; see <c>examples/expected.schema.json</c>.</summary>
internal sealed record Expectation(string Workflow, IReadOnlyList<ExpectedRun> Runs)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter() },
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    [JsonPropertyName("$schema")]
    public string? Schema { get; init; }

    /// <summary>Folders that have one, in order.</summary>
    public static IEnumerable<string> Examples =>
        Directory.EnumerateDirectories(Repository.Examples).Where(folder => File.Exists(Path.Combine(folder, "expected.json")))
            .Select(folder => Path.GetFileName(folder)).Order(StringComparer.Ordinal);

    public static Expectation Read(string example) =>
        JsonSerializer.Deserialize<Expectation>(File.ReadAllText(Path.Combine(Repository.Examples, example, "expected.json")), Json)!;
}

internal sealed record ExpectedRun(
    string Name, ExecutionStatus Status, IReadOnlyDictionary<string, ExpectedNode> Nodes, IReadOnlyDictionary<string, string>? Parameters = null,
    IReadOnlyList<string>? Disabled = null)
{
    public override string ToString() => Name;
}

internal sealed record ExpectedNode(
    NodeStatus Status, int Count = 1, int? Attempts = null, IReadOnlyList<string>? Log = null,
    IReadOnlyDictionary<string, string>? Outputs = null)
{
    /// <summary>Whether a key of the file stands for a node: a star is any text without a colon.</summary>
    public static bool Matches(string key, string path) =>
        Regex.IsMatch(path, $"^{Regex.Escape(key).Replace("\\*", "[^:]*", StringComparison.Ordinal)}$", RegexOptions.NonBacktracking);
}
