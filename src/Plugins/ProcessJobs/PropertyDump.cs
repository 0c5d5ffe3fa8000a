using Scheduler.Contracts.Plugins;

namespace Scheduler.Plugins.ProcessJobs;

/// <summary>All properties of an attempt in its log, for authors who ask for them with <c>job.dump.properties</c>.</summary>
internal static class PropertyDump
{
    /// <summary>Azkaban's sign for a property whose value is nobody's business.</summary>
    private const string SecretSuffix = "_X";

    public static async Task WriteAsync(NodeContext context, CancellationToken cancellationToken)
    {
        await context.Log.WriteLineAsync(LogLevel.Info, "Job properties:", cancellationToken);
        foreach (var (key, value) in context.Properties.OrderBy(property => property.Key, StringComparer.Ordinal))
        {
            var shown = key.EndsWith(SecretSuffix, StringComparison.Ordinal) ? "[MASKED]" : value;
            await context.Log.WriteLineAsync(LogLevel.Info, $"{key}={shown}", cancellationToken);
        }
    }
}
