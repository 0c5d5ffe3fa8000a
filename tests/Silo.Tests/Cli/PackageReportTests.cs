using System.Text.Json;
using Scheduler.Contracts.Definitions;
using Scheduler.Contracts.Packages;
using Scheduler.Silo.Cli.Validate;

namespace Scheduler.Silo.Tests.Cli;

public class PackageReportTests
{
    private static readonly Finding[] Findings =
    [
        Finding.Error("package.b", "second\nin b", "b.job", 9),
        Finding.Warning("package.a", "in a", "a.job", 2),
        Finding.Error("package.b", "first in b", "b.job", 1),
        Finding.Error("package.all", "everywhere"),
    ];

    [Fact]
    public void Findings_stand_in_the_order_of_files_and_lines_below_what_concerns_all()
    {
        var report = new PackageReport(null, FindingLines.Sorted(Findings));

        Assert.Equal(
            [
                "error: everywhere",
                "warning: a.job:2: in a",
                "error: b.job:1: first in b",
                "error: b.job:9: second in b",
                "invalid: 3 errors, 1 warning",
            ],
            report.ToLines().Select(line => line.ToString()));
    }

    [Fact]
    public void A_valid_package_lists_its_workflows_but_not_those_inside_nodes()
    {
        var definition = new PackageDefinition
        {
            Format = PackageFormat.Flow2,
            Workflows = [new() { Id = "nightly", Nodes = [] }, new() { Id = "nightly:load", IsEmbedded = true, Nodes = [] }],
        };

        Assert.Equal(
            ["valid: 1 workflow, 0 warnings", "  nightly  0 nodes"],
            new PackageReport(definition, []).ToLines().Select(line => line.ToString()));
    }

    [Fact]
    public void The_document_for_programs_holds_the_same()
    {
        using var json = JsonDocument.Parse(new PackageReport(null, FindingLines.Sorted(Findings)).ToJson());

        Assert.False(json.RootElement.GetProperty("valid").GetBoolean());
        Assert.Equal(4, json.RootElement.GetProperty("findings").GetArrayLength());
        Assert.Equal(JsonValueKind.Null, json.RootElement.GetProperty("findings")[0].GetProperty("file").ValueKind);
        var last = json.RootElement.GetProperty("findings")[3];
        Assert.Equal(("error", "package.b", "second\nin b", "b.job", 9), (
            last.GetProperty("severity").GetString(), last.GetProperty("code").GetString(), last.GetProperty("message").GetString(),
            last.GetProperty("file").GetString(), last.GetProperty("line").GetInt32()));
    }
}
