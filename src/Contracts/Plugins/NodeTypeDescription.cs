using System.Reflection;
using System.Text.Json.Nodes;
using Scheduler.Contracts.Plugins.Settings;

namespace Scheduler.Contracts.Plugins;

/// <summary>What a node type is and what may be set on its nodes: all that a form, or a check of a package, needs to know.</summary>
public sealed record NodeTypeDescription
{
    /// <summary>As in <c>type=…</c> of a package.</summary>
    public required string Id { get; init; }

    /// <summary>Counted from 1; see <see cref="NodeTypeAttribute.Version"/>.</summary>
    public int Version { get; init; } = 1;

    /// <summary>English name for people.</summary>
    public required string Title { get; init; }

    /// <summary>Chinese name for people.</summary>
    public required string TitleZh { get; init; }

    /// <summary>English sentence; null when there is none.</summary>
    public string? Description { get; init; }

    /// <summary>The same in Chinese.</summary>
    public string? DescriptionZh { get; init; }

    /// <summary>JSON schema as of <see cref="SettingsSchema"/>, not to be changed; null when there is nothing to check.</summary>
    public JsonObject? Schema { get; init; }

    /// <summary>Name of the plugin it comes from; null for what comes with the scheduler.</summary>
    public string? Plugin { get; init; }

    /// <summary>What the attributes of a class say, one description per node type; empty when they name none.</summary>
    /// <exception cref="NotSupportedException">A property of its settings has a type that no text can stand for.</exception>
    public static IReadOnlyList<NodeTypeDescription> Of(Type type) =>
    [
        .. type.GetCustomAttributes<NodeTypeAttribute>().Select(attribute => new NodeTypeDescription
        {
            Id = attribute.Id,
            Version = attribute.Version,
            Title = attribute.Title ?? attribute.Id,
            TitleZh = attribute.TitleZh ?? attribute.Title ?? attribute.Id,
            Description = attribute.Description,
            DescriptionZh = attribute.DescriptionZh,
            Schema = attribute.Settings is { } settings ? SettingsSchema.Of(settings) : null,
        }),
    ];
}
