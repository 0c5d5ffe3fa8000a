using Scheduler.Contracts.Projects;
using Scheduler.Contracts.Users;
using Scheduler.Silo.Projects;

namespace Scheduler.Silo.Tests.Projects;

public sealed class ProjectRulesTests
{
    [Theory]
    [InlineData("etl")]
    [InlineData("Etl_2-daily|x")]
    public void Letters_digits_dashes_underscores_and_bars_make_a_name(string name) => Assert.True(ProjectRules.IsName(name));

    [Theory]
    [InlineData("")]
    [InlineData("2etl")]
    [InlineData("etl daily")]
    [InlineData("etl\n")]
    [InlineData("étl")]
    [InlineData("etl/../x")]
    public void Anything_else_does_not(string name) => Assert.False(ProjectRules.IsName(name));

    [Fact]
    public void A_name_has_at_most_64_characters()
    {
        Assert.True(ProjectRules.IsName(new string('e', 64)));
        Assert.False(ProjectRules.IsName(new string('e', 65)));
    }

    [Fact]
    public void Admin_stands_alone_in_an_entry() => Assert.Equal(
        new Grant("ann", false, Permissions.Admin),
        ProjectRules.Normalize(new("ann", false, Permissions.Admin | Permissions.Read | Permissions.Execute)));
}
