using System.Diagnostics;
using Scheduler.Cluster.Tests.Cli;
using Xunit.Abstractions;

namespace Scheduler.Cluster.Tests.Torture;

/// <summary>A short run of the real command. Whoever doubts a change makes longer ones with other seeds.</summary>
public sealed class TortureCommandTests(ITestOutputHelper output)
{
    private const string Seed = "20261124";

    [Fact]
    public async Task Three_silos_come_clean_out_of_a_short_run()
    {
        var program = Path.Combine(AppContext.BaseDirectory, "scheduler.dll");
        string[] command = [program, "torture", "--silos", "3", "--minutes", "0.3", "--seed", Seed];
        using var process = Process.Start(new ProcessStartInfo("dotnet", command)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;

        var result = await CommandFolder.EndOfAsync(process, "", patience: TimeSpan.FromMinutes(5));

        output.WriteLine(result.Output);
        Assert.Equal("", result.Errors);
        Assert.Equal(0, result.Code);
        Assert.Contains("\nClean.\n", result.Output, StringComparison.Ordinal);
        Assert.Contains($"--seed {Seed}", result.Output, StringComparison.Ordinal);
    }
}
