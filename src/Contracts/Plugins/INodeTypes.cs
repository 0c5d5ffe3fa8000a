namespace Scheduler.Contracts.Plugins;

/// <summary>The node types that this process knows. They change when plugins are loaded anew.</summary>
public interface INodeTypes
{
    /// <summary>All of them, ordered by id.</summary>
    IReadOnlyList<NodeTypeDescription> List();

    /// <summary>Null when no plugin runs this type. Ids compare ordinally.</summary>
    NodeTypeDescription? Find(string id);
}
