using Scheduler.Contracts.Packages;
using Scheduler.Silo.Cli.Rendering;

namespace Scheduler.Silo.Cli.Validate;

/// <summary>Findings as lines of text.</summary>
internal static class FindingLines
{
    /// <summary>By file, then line; what concerns the whole package, or a whole file, comes first.</summary>
    public static IReadOnlyList<Finding> Sorted(IEnumerable<Finding> findings) =>
    [
        .. findings.OrderBy(finding => finding.File, StringComparer.Ordinal).ThenBy(finding => finding.Line)
            .ThenByDescending(finding => finding.Severity).ThenBy(finding => finding.Message, StringComparer.Ordinal),
    ];

    /// <summary><c>error: file:line: message</c>, on one line whatever the message holds.</summary>
    public static string ToText(Finding finding) => ToLine(finding).ToString();

    /// <inheritdoc cref="ToText"/>
    public static Line ToLine(Finding finding) => new Line()
        .Add(finding.Severity == Severity.Error ? "error" : "warning", Looks.StyleOf(finding.Severity))
        .Add($": {LogTail.Clean(finding.ToString().ReplaceLineEndings(" "))}");
}
