using System.Globalization;
using Scheduler.Contracts.Plugins;

namespace FileSensor;

/// <summary>Waits until a file is there and complete. Between two looks it holds no slot. Safe to repeat: it only reads.</summary>
[NodeType(
    "file-sensor",
    Title = "Wait for a file", TitleZh = "等待文件",
    Description = "Succeeds when a file is there and nobody writes to it.", DescriptionZh = "文件存在且不再被写入时成功。",
    Settings = typeof(FileSensorSettings))]
public sealed class FileSensorPlugin : NodePlugin<FileSensorSettings>
{
    protected override Task<NodeResult> RunAsync(FileSensorSettings settings, NodeContext context, CancellationToken cancellationToken) =>
        Task.FromResult(Look(settings, context.Clock.GetUtcNow()));

    private static NodeResult Look(FileSensorSettings settings, DateTimeOffset now)
    {
        var file = new FileInfo(settings.Path);
        if (Directory.Exists(settings.Path))
            return new NodeResult.Failed("file-sensor.is-folder", $"{settings.Path} is a folder", CanRetry: false);

        if (!file.Exists) return Wait($"{settings.Path} is not there");
        if (file.Length < settings.MinBytes) return Wait($"{settings.Path} has {file.Length} of at least {settings.MinBytes} bytes");
        if (now - file.LastWriteTimeUtc < settings.QuietFor) return Wait($"{settings.Path} is being written");

        return new NodeResult.Succeeded(new Dictionary<string, string>
        {
            ["file.bytes"] = file.Length.ToString(CultureInfo.InvariantCulture),
            ["file.modified.at"] = file.LastWriteTimeUtc.ToString("O", CultureInfo.InvariantCulture),
        });

        NodeResult Wait(string reason) => new NodeResult.Waiting(reason, TimeSpan.FromSeconds(settings.CheckEvery));
    }
}
