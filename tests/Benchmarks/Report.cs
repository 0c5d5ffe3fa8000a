using System.Text.Json;
using Spectre.Console;

namespace Scheduler.Benchmarks;

/// <summary>The table on the screen and the file beside it.</summary>
internal static class Report
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public static void Print(IReadOnlyList<BenchResult> results)
    {
        var table = new Table().AddColumns("case", "store", "value", "unit", "baseline", "ratio", "target", "met");
        foreach (var result in results)
            table.AddRow(
                result.Case, result.Store, Number(result.Value), result.Unit, Number(result.Baseline), Number(result.Ratio),
                Markup.Escape(result.Target ?? ""), result.Met switch { true => "yes", false => "[red]no[/]", null => "" });
        AnsiConsole.Write(table);
    }

    public static void Save(IReadOnlyList<BenchResult> results, string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, JsonSerializer.Serialize(results, Json));
    }

    private static string Number(double? value) => value switch
    {
        null => "",
        >= 100 => $"{value:N0}",
        >= 1 => $"{value:N2}",
        _ => $"{value:N3}",
    };
}
