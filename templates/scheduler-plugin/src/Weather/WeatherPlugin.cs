using System.Globalization;
using Scheduler.Contracts.Plugins;

namespace Weather;

/// <summary>Counts the lines of a file in the package.</summary>
[NodeType(
    "weather",
    Title = "Weather", TitleZh = "Weather",
    Description = "Counts the lines of a file.", DescriptionZh = "统计文件的行数。",
    Settings = typeof(WeatherSettings))]
public sealed class WeatherPlugin : NodePlugin<WeatherSettings>
{
    protected override async Task<NodeResult> RunAsync(WeatherSettings settings, NodeContext context, CancellationToken cancellationToken)
    {
        var path = Path.Combine(await context.GetDefaultDirectoryAsync(cancellationToken), settings.File);
        if (!File.Exists(path))
            return new NodeResult.Failed("weather.no-file", $"There is no file {settings.File}", CanRetry: false);

        var lines = 0L;
        await foreach (var _ in File.ReadLinesAsync(path, cancellationToken))
        {
            await Task.Delay(settings.Pause, context.Clock, cancellationToken);
            context.Report(new NodeProgress(Rows: ++lines));
        }

        await context.Log.WriteLineAsync(LogLevel.Info, $"{settings.File} has {lines} lines", cancellationToken);
        return new NodeResult.Succeeded(new Dictionary<string, string> { ["lines"] = lines.ToString(CultureInfo.InvariantCulture) });
    }
}
