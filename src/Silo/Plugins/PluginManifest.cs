using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using Scheduler.Contracts.Plugins;

namespace Scheduler.Silo.Plugins;

/// <summary>What the file <c>plugin.json</c> of a plugin says.</summary>
internal sealed partial record PluginManifest
{
    public const string FileName = "plugin.json";

    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        AllowTrailingCommas = true,
        ReadCommentHandling = JsonCommentHandling.Skip,
        RespectNullableAnnotations = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false) },
    };

    private static readonly Version OwnContracts = typeof(INodePlugin).Assembly.GetName().Version!;

    /// <summary>Unique among the plugins of a server: small letters, digits, dots and hyphens.</summary>
    public required string Name { get; init; }

    /// <summary>The plugin's own, for people.</summary>
    public required string Version { get; init; }

    /// <summary>File name of the assembly with the plugin classes; null when <see cref="Command"/> is there.</summary>
    public string? Assembly { get; init; }

    /// <summary>A program that speaks the plugin protocol, and its arguments, started in the folder of the plugin.</summary>
    public IReadOnlyList<string>? Command { get; init; }

    /// <summary>The version of the plugin interface it was built for, such as <c>0.1</c>; null with a command.</summary>
    public string? Contracts { get; init; }

    public PluginIsolation Isolation { get; init; }

    /// <summary>For people; null when there is nothing to say.</summary>
    public string? Description { get; init; }

    /// <exception cref="PluginFaultException">It cannot be used; the message names the place.</exception>
    public static PluginManifest Read(string folder)
    {
        try
        {
            var manifest = JsonSerializer.Deserialize<PluginManifest>(File.ReadAllBytes(Path.Combine(folder, FileName)), Options)
                ?? throw new PluginFaultException($"{FileName}: it holds nothing");
            return manifest.FindFault() is { } fault ? throw new PluginFaultException($"{FileName}: {fault}") : manifest;
        }
        catch (JsonException exception)
        {
            throw new PluginFaultException(string.Create(
                CultureInfo.InvariantCulture, $"{FileName}:{(exception.LineNumber ?? 0) + 1}: {exception.Message.Split(" Path: ")[0]}"));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new PluginFaultException($"{FileName}: {exception.Message}");
        }
    }

    private string? FindFault()
    {
        if (!Names().IsMatch(Name)) return $"name: '{Name}' is no name; use small letters, digits, dots and hyphens";
        if (Assembly is null == Command is null) return "give either an assembly or a command";
        if (Command is not null)
            return Command.Count == 0 ? "command: it names no program"
                : Isolation != PluginIsolation.Process ? "isolation: a command runs in a process of its own; write process"
                : null;

        if (Assembly != Path.GetFileName(Assembly)) return $"assembly: '{Assembly}' must lie in the folder of the plugin itself";
        if (Contracts is null) return "contracts: name the version of Scheduler.Contracts it was built for";
        if (!System.Version.TryParse(Contracts, out var wanted)) return $"contracts: '{Contracts}' is no version such as {OwnContracts.ToString(2)}";
        return (wanted.Major, wanted.Minor).CompareTo((OwnContracts.Major, OwnContracts.Minor)) > 0
            ? $"contracts: it was built for version {Contracts} of the plugin interface; this server has {OwnContracts.ToString(3)}"
            : null;
    }

    [GeneratedRegex("^[a-z0-9][a-z0-9.-]{0,62}$")]
    private static partial Regex Names();
}
