using Scheduler.Contracts.Projects;
using Scheduler.Contracts.Users;

namespace Scheduler.Contracts.Tests.Projects;

public sealed class ProjectPermissionsTests
{
    private static readonly Project Etl = new()
    {
        Id = 1,
        Name = "etl",
        Description = "loads things",
        CreatedBy = "ann",
        CreatedAt = DateTimeOffset.UnixEpoch,
        ModifiedBy = "ann",
        ModifiedAt = DateTimeOffset.UnixEpoch,
        Grants = [new("ann", false, Permissions.Admin), new("readers", true, Permissions.Read), new("bob", false, Permissions.Execute)],
    };

    [Fact]
    public void An_own_entry_and_the_entries_of_ones_groups_add_up()
    {
        var bob = new User("bob", ["readers"], Permissions.None, []);

        Assert.Equal(Permissions.Read | Permissions.Execute, Etl.PermissionsOf(bob));
    }

    [Fact]
    public void A_user_entry_does_not_serve_a_group_of_the_same_name()
    {
        var eve = new User("readers", ["bob"], Permissions.None, []);

        Assert.Equal(Permissions.None, Etl.PermissionsOf(eve));
    }

    [Fact]
    public void Admin_implies_everything() => Assert.True(Permissions.Admin.Allows(Permissions.Schedule));
}
