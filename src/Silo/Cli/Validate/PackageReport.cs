using System.Text;
using System.Text.Json;
using Scheduler.Contracts.Definitions;
using Scheduler.Contracts.Packages;
using Scheduler.Silo.Cli.Rendering;
using Scheduler.Silo.Packages.Archives;

namespace Scheduler.Silo.Cli.Validate;

/// <summary>What validating a package found.</summary>
/// <param name="Definition">Its workflows; null when it has errors.</param>
/// <param name="Findings">Sorted.</param>
internal sealed record PackageReport(PackageDefinition? Definition, IReadOnlyList<Finding> Findings)
{
    public bool IsValid => Definition is not null;

    /// <summary>Findings, then how many there are, then the workflows of a valid package.</summary>
    public IReadOnlyList<Line> ToLines() => [.. Findings.Select(FindingLines.ToLine), Verdict(), .. Workflows().Select(Describe)];

    /// <summary>
    /// <c>{ valid, findings: [{ severity, code, message, file, line }], workflows: [{ id, nodes }] }</c>; a finding without a place has
    /// null for it.
    /// </summary>
    public string ToJson()
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            json.WriteBoolean("valid", IsValid);
            json.WriteStartArray("findings");
            foreach (var finding in Findings) Write(json, finding);
            json.WriteEndArray();
            json.WriteStartArray("workflows");
            foreach (var workflow in Workflows()) Write(json, workflow);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(bytes.ToArray());
    }

    private Line Verdict()
    {
        var errors = Findings.Count(finding => finding.Severity == Severity.Error);
        var warnings = Findings.Count - errors;
        var counts = $"{Count(errors, "error")}, {Count(warnings, "warning")}";
        return IsValid
            ? Line.Of("valid", Looks.Good).Add($": {Count(Workflows().Count(), "workflow")}, {Count(warnings, "warning")}")
            : Line.Of("invalid", Looks.Bad).Add($": {counts}");
    }

    private IEnumerable<WorkflowDefinition> Workflows() => Definition?.Workflows.Where(workflow => !workflow.IsEmbedded) ?? [];

    private static Line Describe(WorkflowDefinition workflow) =>
        Line.Of($"  {Printable.Of(workflow.Id)}  ").Add(Count(workflow.Nodes.Count, "node"), Looks.Dim);

    private static string Count(int count, string what) => count == 1 ? $"1 {what}" : $"{count} {what}s";

    private static void Write(Utf8JsonWriter json, Finding finding)
    {
        json.WriteStartObject();
        json.WriteString("severity", finding.Severity == Severity.Error ? "error" : "warning");
        json.WriteString("code", finding.Code);
        json.WriteString("message", finding.Message);
        json.WriteString("file", finding.File);
        if (finding.Line is { } line) json.WriteNumber("line", line);
        else json.WriteNull("line");
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, WorkflowDefinition workflow)
    {
        json.WriteStartObject();
        json.WriteString("id", workflow.Id);
        json.WriteNumber("nodes", workflow.Nodes.Count);
        json.WriteEndObject();
    }
}
