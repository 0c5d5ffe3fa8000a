using System.Text.Json;
using Scheduler.Plugins.ProcessJobs;

namespace Scheduler.Plugins.Shell;

/// <summary>The words behind a script: a JSON array of texts, in which every value is safe, or words as Azkaban cuts them.</summary>
internal static class ScriptArguments
{
    public static IReadOnlyList<string> Read(string? text)
    {
        if (text?.TrimStart().StartsWith('[') != true) return CommandTokenizer.Split(text ?? "");

        try
        {
            return JsonSerializer.Deserialize<List<string>>(text) is { } list && !list.Contains(null!) ? list : CommandTokenizer.Split(text);
        }
        catch (JsonException)
        {
            return CommandTokenizer.Split(text);
        }
    }
}
