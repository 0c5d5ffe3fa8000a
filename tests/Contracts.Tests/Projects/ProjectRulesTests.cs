using Scheduler.Contracts.Projects;

namespace Scheduler.Contracts.Tests.Projects;

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
}
