using System.Text.Json;

namespace Scheduler.Plugins.Export.Targets;

/// <summary>
/// What a folder of several files holds, in a file among them that is written last. Its presence says that an export has made the
/// folder, and has made it whole. Readers of data skip names that start with an underscore.
/// </summary>
internal static class Manifest
{
    public const string FileName = "_manifest.json";
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public static void Write(string folder, ExportResult result)
    {
        using var file = new DurableFile(Path.Combine(folder, FileName));
        JsonSerializer.Serialize(file, result, Options);
        file.Complete();
    }
}
