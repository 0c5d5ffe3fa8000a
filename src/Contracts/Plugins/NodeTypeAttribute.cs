namespace Scheduler.Contracts.Plugins;

/// <summary>Names a node type that a plugin runs, such as <c>command</c>. A plugin may have several.</summary>
/// <param name="id">As in <c>type=…</c> of a package: small letters, digits, dots and hyphens.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class NodeTypeAttribute(string id) : Attribute
{
    public string Id { get; } = id;

    /// <summary>Counted from 1; raised whenever a setting changes its meaning.</summary>
    public int Version { get; init; } = 1;

    /// <summary>English name for people; the id when it has none.</summary>
    public string? Title { get; init; }

    /// <summary>Chinese name for people.</summary>
    public string? TitleZh { get; init; }

    /// <summary>English sentence that says what it does.</summary>
    public string? Description { get; init; }

    /// <summary>The same in Chinese.</summary>
    public string? DescriptionZh { get; init; }

    /// <summary>A class whose properties are the settings; see <see cref="SettingAttribute"/>. Null when there are none to check.</summary>
    public Type? Settings { get; init; }
}
