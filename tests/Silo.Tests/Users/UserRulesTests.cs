using Scheduler.Silo.Users;

namespace Scheduler.Silo.Tests.Users;

public sealed class UserRulesTests
{
    [Theory]
    [InlineData("ann")]
    [InlineData("Ann.Smith-2@corp.example+etl")]
    [InlineData("7of9")]
    public void Plain_names_are_names(string name) => Assert.True(UserRules.IsName(name));

    [Theory]
    [InlineData("")]
    [InlineData("-rf")]
    [InlineData("ann\n")]
    [InlineData("ann smith")]
    [InlineData("ann;drop")]
    [InlineData("../ann")]
    [InlineData("аnn")]
    [InlineData("<b>")]
    public void Names_that_would_need_quoting_somewhere_are_refused(string name) => Assert.False(UserRules.IsName(name));

    [Fact]
    public void A_name_has_at_most_64_characters()
    {
        Assert.True(UserRules.IsName(new string('a', 64)));
        Assert.False(UserRules.IsName(new string('a', 65)));
    }

    [Theory]
    [InlineData(7, false)]
    [InlineData(8, true)]
    [InlineData(256, true)]
    [InlineData(257, false)]
    public void A_new_password_has_8_to_256_characters(int length, bool allowed) =>
        Assert.Equal(allowed, UserRules.IsNewPassword(new string('x', length)));
}
