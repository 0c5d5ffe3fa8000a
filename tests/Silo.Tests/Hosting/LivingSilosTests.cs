using Scheduler.Silo.Hosting;

namespace Scheduler.Silo.Tests.Hosting;

public sealed class LivingSilosTests
{
    private readonly FakeCluster cluster = new();

    [Fact]
    public void Who_only_answers_HTTP_owns_nothing()
    {
        var silo = cluster.Add(1);
        var api = cluster.Add(2, SiloIdentity.NameWithoutExecutions);
        var living = cluster.Look();

        Assert.Equal([silo], living.Owners);
        Assert.False(living.IsAlive(api));
    }

    [Fact]
    public void Who_only_answers_HTTP_does_not_count_itself()
    {
        cluster.Add(1, SiloIdentity.NameWithoutExecutions);
        var living = cluster.Look();
        Assert.Empty(living.Owners);

        var silo = cluster.Add(2);
        Assert.Equal([silo], living.Owners);
    }

    [Fact]
    public void Groups_are_those_of_the_living_and_one_that_does_not_tell_offers_the_default()
    {
        cluster.Add(1, groups: ["gpu", "big"]);
        cluster.Add(2);
        cluster.Add(3, groups: ["old"]);
        var living = cluster.Look();
        Assert.Equal(["big", "default", "gpu", "old"], living.Groups.Order());

        cluster.Add(3, status: SiloStatus.Dead);
        Assert.Equal(["big", "default", "gpu"], living.Groups.Order());
    }
}
