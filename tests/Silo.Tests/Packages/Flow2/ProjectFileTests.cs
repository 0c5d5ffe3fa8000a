using Scheduler.Contracts.Definitions;
using Scheduler.Silo.Packages;

namespace Scheduler.Silo.Tests.Packages.Flow2;

public class ProjectFileTests
{
    private const string Flow = "nodes: [{name: a, type: noop}]";

    [Theory]
    [InlineData("azkaban-flow-version: 2.0")]
    [InlineData("azkaban-flow-version: 2.00\nother: [1, 2]")]
    [InlineData("azkaban-flow-version: +2.")]
    [InlineData("azkaban-flow-version: 0.2e+1")]
    [InlineData("\u00ef\u00bb\u00bf{azkaban-flow-version: 2.0}")]
    public async Task Version_two_makes_all_of_the_package_Flow_2(string project)
    {
        using var bench = new PackageBench();

        var package = await bench.DefinitionOfAsync(("p.project", project), ("f.flow", Flow), ("ignored.job", ""), ("x.properties", "\\u"));

        Assert.Equal(PackageFormat.Flow2, package.Format);
        Assert.Equal(["f"], package.Workflows.Select(workflow => workflow.Id));
    }

    [Theory]
    [InlineData("", "package.version-missing", "azkaban-flow-version is not specified in the project YAML file.", null)]
    [InlineData("name: x", "package.version-missing", "azkaban-flow-version is not specified in the project YAML file.", null)]
    [InlineData("azkaban-flow-version: 2", "package.version-invalid", "Invalid azkaban-flow-version in the project YAML file.", 1)]
    [InlineData("x: 1\nazkaban-flow-version: \"2.0\"", "package.version-invalid", "Invalid azkaban-flow-version in the project YAML file.", 2)]
    [InlineData("azkaban-flow-version: 1.0", "package.version-invalid", "Invalid azkaban-flow-version in the project YAML file.", 1)]
    [InlineData("azkaban-flow-version: [2.0]", "package.version-invalid", "Invalid azkaban-flow-version in the project YAML file.", 1)]
    [InlineData("azkaban-flow-version:", "package.version-invalid", "Invalid azkaban-flow-version in the project YAML file.", 1)]
    [InlineData("just text", "package.project-unreadable", "Error reading project YAML file.", 1)]
    [InlineData("a: [", "package.project-unreadable", "Error reading project YAML file.", 1)]
    [InlineData("\u00ff", "package.project-unreadable", "Error reading project YAML file.", null)]
    public async Task A_wrong_project_file_is_no_package(string project, string code, string message, int? line)
    {
        using var bench = new PackageBench();

        var refusal = await bench.RefusalOfAsync(ZipBuilder.Of(("p.project", project), ("f.flow", Flow)));

        Assert.Equal((code, message, "p.project", line), (refusal.Code, refusal.Message, refusal.File, refusal.Line));
    }

    [Fact]
    public async Task Two_project_files_in_one_directory_are_refused()
    {
        using var bench = new PackageBench();

        var refusal = await bench.RefusalOfAsync(ZipBuilder.Of(("d/a.project", ""), ("d/b.project", "")));

        Assert.Equal("Duplicate project YAML files found in the project directory. Only one is allowed.", refusal.Message);
    }

    [Fact]
    public async Task The_first_directory_with_a_project_file_decides()
    {
        using var bench = new PackageBench();

        var package = await bench.DefinitionOfAsync(
            ("a/x/p.project", "azkaban-flow-version: 2.0"), ("b/p.project", "broken: ["), ("b/q.project", ""), ("f.flow", Flow));

        Assert.Equal(PackageFormat.Flow2, package.Format);
    }

    [Fact]
    public async Task Hidden_project_files_do_not_count()
    {
        using var bench = new PackageBench();

        var package = await bench.DefinitionOfAsync((".project", "<xml/>"), (".x.project", "?"), ("a.job", "type=noop"));

        Assert.Equal(PackageFormat.Flow1, package.Format);
    }

    [Fact]
    public async Task A_package_without_workflows_is_accepted_with_a_warning()
    {
        using var bench = new PackageBench();

        using var result = await bench.ReadAsync(("readme.txt", "hello"));

        Assert.Equal("package.no-workflow", Assert.Single(Assert.IsType<PackageReadResult.Accepted>(result).Warnings).Code);
    }
}
