using Scheduler.Contracts.Projects;
using Scheduler.Silo.Cli.Run;

namespace Scheduler.Silo.Tests.Cli;

public class PackagePathTests
{
    [Theory]
    [InlineData("/data/sales", "sales")]
    [InlineData("/data/sales v2.1", "sales-v2-1")]
    [InlineData("/data/2026", "package")]
    [InlineData("/", "package")]
    [InlineData("/data/日本", "package")]
    public void A_project_is_named_like_its_package_as_far_as_the_rules_allow(string path, string name) =>
        Assert.Equal(name, PackagePath.ProjectNameFor(path));

    [Fact]
    public void A_long_name_is_cut() =>
        Assert.Equal(new string('a', ProjectRules.MaximumNameLength), PackagePath.ProjectNameFor(new string('a', 100)));

    [Fact]
    public void What_is_not_there_is_named_as_it_was_typed() =>
        Assert.Equal("There is no file or folder './nowhere.zip'.", PackagePath.Find("./nowhere.zip").ToString());
}
