using Scheduler.Api.Azkaban;
using Scheduler.Api.Tests.Host;

namespace Scheduler.Api.Tests.Azkaban.Manager;

public class CreateProjectTests : ApiTest
{
    [Theory]
    [InlineData("/manager?action=create", "name=new-one&description=d")]
    [InlineData("/manager", "action=create&name=new-one&description=d")]
    [InlineData("/manager?action=create&name=new-one&description=d", "")]
    [InlineData("/manager?action=create", "ajax=executeFlow&name=new-one&description=d")]
    public async Task A_project_is_created_and_belongs_to_its_creator(string address, string form)
    {
        var answer = await (await Api.AsAsync("nobody")).PostAsync(address, form);

        Assert.Equal(
            (200, null, """{"status":"success","path":"manager?project=new-one","action":"redirect"}"""),
            (answer.Status, answer.ContentType, answer.Body));
        Assert.Equal("nobody", (await Api.Projects.FindAsync("new-one", default))!.CreatedBy);
    }

    [Theory]
    [InlineData("", "d", "Project name cannot be empty.")]
    [InlineData("+", "d", "Project name cannot be empty.")]
    [InlineData("+", "", "Project name cannot be empty.")]
    [InlineData("x", "", "Description cannot be empty.")]
    [InlineData("1x", "+", "Description cannot be empty.")]
    [InlineData("1x", "d", "Project names must start with a letter, followed by any number of letters, digits, '-' or '_'.")]
    [InlineData("a/b", "d", "Project names must start with a letter, followed by any number of letters, digits, '-' or '_'.")]
    [InlineData("a%0A", "d", "Project names must start with a letter, followed by any number of letters, digits, '-' or '_'.")]
    [InlineData("etl", "d", "Project already exists.")]
    [InlineData("ETL", "d", "Project already exists.")]
    public async Task A_fault_is_told(string name, string description, string message)
    {
        var answer = await (await Api.AsAsync("nobody")).PostAsync("/manager", $"action=create&name={name}&description={description}");

        Assert.Equal($$"""{"status":"error","message":"{{message}}"}""", answer.Body);
    }

    [Fact]
    public async Task A_bar_is_allowed_as_it_always_was() =>
        Assert.Contains("success", (await (await Api.AsAsync("nobody")).PostAsync("/manager", "action=create&name=a|b&description=d")).Body);

    [Fact]
    public async Task Names_and_descriptions_end_somewhere()
    {
        var client = await Api.AsAsync("nobody");

        Assert.Contains("64", (await client.PostAsync("/manager", $"action=create&name={new string('a', 65)}&description=d")).Body);
        Assert.Contains("2048", (await client.PostAsync("/manager", $"action=create&name=a&description={new string('d', 2049)}")).Body);
    }

    public sealed class WhenLocked : ApiTest
    {
        protected override void Configure(AzkabanOptions options)
        {
            options.LocksProjectCreation = true;
            options.ProjectExistsText = "Active project with name {name} already exists in db.";
        }

        [Fact]
        public async Task Only_those_who_may_create_projects_do()
        {
            Assert.Equal(
                """{"status":"error","message":"User nobody doesn't have permission to create projects."}""",
                (await (await Api.AsAsync("nobody")).PostAsync("/manager", "action=create&name=&description=")).Body);
            Assert.Equal(
                """{"status":"error","message":"Active project with name etl already exists in db."}""",
                (await (await Api.AsAsync("root")).PostAsync("/manager", "action=create&name=etl&description=d")).Body);
        }
    }
}
