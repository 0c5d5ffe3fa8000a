using System.Text;
using CsCheck;
using Scheduler.Contracts.Definitions;
using Scheduler.Contracts.Instances;
using Scheduler.Silo.Projects;

namespace Scheduler.Silo.Tests.Projects;

public sealed class DefinitionJsonTests
{
    private static readonly Gen<IReadOnlyDictionary<string, string>> Properties =
        Gen.Dictionary(Gen.String[1, 8], Gen.String[0, 20])[0, 4].Select(d => (IReadOnlyDictionary<string, string>)d);

    private static readonly Gen<NodeDefinition> Node =
        from name in Gen.String[1, 10]
        from parents in Gen.String[1, 5].Array[0, 3]
        from condition in Gen.Null(Gen.String[0, 10])
        from properties in Properties
        from shared in Gen.Nullable(Gen.Int[0, 3])
        from embedded in Gen.Null(Gen.String[1, 5])
        select new NodeDefinition
        {
            Name = name,
            Type = "command",
            Parents = parents,
            Condition = condition,
            Properties = properties,
            SharedProperties = shared,
            EmbeddedWorkflowId = embedded,
            SourceFile = name + ".job",
            Directory = "sub",
        };

    private static readonly Gen<PackageDefinition> Definition =
        from nodes in Node.Array[0, 5]
        from properties in Properties
        from shared in Properties.Array[0, 4]
        from failureAction in Gen.Nullable(Gen.Enum<FailureAction>())
        from isEmbedded in Gen.Bool
        select new PackageDefinition
        {
            Format = PackageFormat.Flow1,
            SharedProperties = shared,
            Workflows =
            [
                new()
                {
                    Id = "daily",
                    IsEmbedded = isEmbedded,
                    Nodes = nodes,
                    Properties = properties,
                    FailureAction = failureAction,
                    SuccessEmails = ["ops@example.org"],
                },
            ],
        };

    [Fact]
    public void What_is_stored_is_what_was_written() => Definition.Sample(definition =>
    {
        var stored = DefinitionJson.Write(definition);

        Assert.Equal(Encoding.UTF8.GetString(stored), Encoding.UTF8.GetString(DefinitionJson.Write(Read(stored))));
    });

    [Fact]
    public void Nothing_is_lost_on_the_way() =>
        Definition.Sample(definition => Assert.Equivalent(definition, Read(DefinitionJson.Write(definition))), iter: 200);

    [Fact]
    public void Ten_thousand_nodes_of_a_directory_store_their_inherited_properties_once()
    {
        var inherited = Enumerable.Range(0, 100).ToDictionary(i => $"key{i}", i => new string('v', 100));
        var definition = new PackageDefinition
        {
            Format = PackageFormat.Flow1,
            SharedProperties = [inherited],
            Workflows = [new() { Id = "end", Nodes = [.. Enumerable.Range(0, 10_000).Select(InDirectory)] }],
        };

        var stored = DefinitionJson.Write(definition);
        var read = Read(stored);

        Assert.InRange(stored.Length, 0, 2_000_000);
        Assert.Equal(inherited, Assert.Single(read.SharedProperties));
        Assert.All(read.Workflows[0].Nodes, node => Assert.Equal(0, node.SharedProperties));
    }

    [Fact]
    public void Members_of_a_later_release_are_passed_over()
    {
        var stored = """{"format":2,"workflows":[{"id":"a","nodes":[],"later":{"x":1}}],"alsoLater":[1]}""";

        Assert.Equal("a", Assert.Single(Read(Encoding.UTF8.GetBytes(stored)).Workflows).Id);
    }

    private static PackageDefinition Read(byte[] stored) => DefinitionJson.ReadDefinition(stored);

    private static NodeDefinition InDirectory(int number) => new()
    {
        Name = $"node{number}",
        Type = "command",
        Properties = new Dictionary<string, string> { ["command"] = $"echo {number}" },
        SharedProperties = 0,
        SourceFile = $"etl/node{number}.job",
        Directory = "etl",
    };
}
