using System.Text.Json;

namespace Scheduler.Cluster.Tests.Cli;

public sealed class ValidateTests : IDisposable
{
    private readonly CommandFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_valid_package_lists_its_workflows()
    {
        var result = await folder.RunAsync("validate", folder.Package("fine", ("a.job", "type=noop"), ("b.job", "type=noop\ndependencies=a")));

        Assert.Equal((0, "valid: 1 workflow, 0 warnings\n  b  2 nodes\n"), (result.Code, result.Output));
    }

    [Fact]
    public async Task A_broken_one_exits_with_2_and_tells_programs_why()
    {
        var result = await folder.RunAsync("validate", "--json", folder.Package("broken", ("a.job", "type=noop\ndependencies=nowhere")));

        Assert.Equal(2, result.Code);
        using var json = JsonDocument.Parse(result.Output);
        Assert.False(json.RootElement.GetProperty("valid").GetBoolean());
        Assert.Contains(json.RootElement.GetProperty("findings").EnumerateArray(), finding => finding.GetProperty("file").GetString() == "a.job");
    }

    [Fact]
    public async Task What_is_no_archive_is_no_package()
    {
        await File.WriteAllTextAsync(Path.Combine(folder.Path, "text.zip"), "hello");

        var result = await folder.RunAsync("validate", "text.zip");

        Assert.Equal(2, result.Code);
        Assert.StartsWith("error: ", result.Output, StringComparison.Ordinal);
    }
}
