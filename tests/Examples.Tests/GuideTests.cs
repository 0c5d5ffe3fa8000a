namespace Scheduler.Examples.Tests;

/// <summary>The guide for authors of plugins, followed literally.</summary>
public sealed class GuideTests
{
    private static readonly Page s_guide = new("docs/guides/writing-a-plugin.md");

    public static TheoryData<string, string> Code()
    {
        var code = new TheoryData<string, string>();
        foreach (var (file, text) in s_guide.Code) code.Add(file ?? "", text);
        return code;
    }

    [Theory, MemberData(nameof(Code))]
    public async Task Its_code_stands_in_a_file_that_is_compiled(string file, string code)
    {
        Assert.True(file.Length > 0, $"No file is named for\n{code}");
        Assert.Contains(code, await File.ReadAllTextAsync(Path.Combine(Repository.Root, file)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Its_commands_lead_from_an_empty_folder_to_a_tested_plugin()
    {
        using var folder = new CleanFolder();

        await s_guide.RunAsync("pack", Repository.Root, CleanFolder.BuildVariables, minutes: 4);
        var begin = await s_guide.RunAsync("begin", folder.Path, folder.Variables, minutes: 4);
        await s_guide.RunAsync("install", Path.Combine(folder.Path, "Weather"), folder.Variables);

        Assert.Matches("Passed!  - Failed:     0, Passed:    1[0-9]", begin);
        Assert.Equal(
            ["Weather.deps.json", "Weather.dll", "Weather.pdb", "Weather.runtimeconfig.json", "plugin.json"],
            Directory.EnumerateFiles(Path.Combine(folder.Plugins, "weather")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }
}
