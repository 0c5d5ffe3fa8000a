using Scheduler.Contracts.Plugins;
using Scheduler.Silo.Nodes;

namespace Scheduler.Silo.Tests.Nodes;

public sealed class NodeTypesTests
{
    [Fact]
    public void A_node_type_is_described_by_its_attribute()
    {
        var load = LoadPlugin.Types().Find("load")!.Description;

        Assert.Equal(("load", 3, "Load", "加载"), (load.Id, load.Version, load.Title, load.TitleZh));
        Assert.Null(load.Plugin);
        Assert.Equal("表", (string?)load.Schema!["properties"]!["table"]!["x-zh"]!["title"]);
    }

    [Fact]
    public void All_built_in_types_have_titles_in_both_languages_and_a_schema() =>
        Assert.All(((INodeTypes)LoadPlugin.Types()).List(), type =>
        {
            Assert.NotEqual(type.Id, type.Title);
            Assert.NotEqual(type.Title, type.TitleZh);
            Assert.NotNull(type.Schema);
        });

    [Fact]
    public void Types_of_plugins_come_and_go_and_those_that_are_built_in_stay()
    {
        var types = LoadPlugin.Types();
        var brought = new NodeType(new NodeTypeDescription { Id = "sap", Title = "SAP", TitleZh = "SAP" }, new LoadPlugin());

        types.Use([brought]);
        var revision = types.Revision;
        Assert.Same(brought, types.Find("sap"));
        Assert.NotNull(types.Find("command"));

        types.Use([]);
        Assert.Null(types.Find("sap"));
        Assert.NotEqual(revision, types.Revision);
    }

    [Theory]
    [InlineData("command", true)]
    [InlineData("flow", true)]
    [InlineData("sap", false)]
    public void What_is_built_in_is_taken(string id, bool isTaken) => Assert.Equal(isTaken, LoadPlugin.Types().IsTaken(id));

    [Fact]
    public void Two_built_in_plugins_for_one_type_are_a_defect() =>
        Assert.Throws<InvalidOperationException>(() => new NodeTypes([.. NodeType.Of(new LoadPlugin()), .. NodeType.Of(new LoadPlugin())]));
}
