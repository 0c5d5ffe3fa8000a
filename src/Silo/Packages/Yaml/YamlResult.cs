namespace Scheduler.Silo.Packages.Yaml;

/// <summary>A fault of a document, with its line when it has one.</summary>
internal sealed record YamlFault(string Message, int? Line);

/// <summary>What a YAML file turned out to be.</summary>
internal abstract record YamlResult
{
    private YamlResult() { }

    /// <param name="Root">Null for a file without content.</param>
    /// <param name="Size">Nodes it counts against the limit of its package.</param>
    /// <param name="RepeatedKeys">Keys written twice in one map; the last one counts.</param>
    internal sealed record Document(YamlValue? Root, int Size, IReadOnlyList<YamlScalar> RepeatedKeys) : YamlResult;

    /// <summary>Not a document we accept.</summary>
    internal sealed record Refused(YamlFault Fault) : YamlResult;
}
