using Scheduler.Api.Azkaban;
using Scheduler.Api.Tests.Host;
using Scheduler.Contracts.Projects;
using Scheduler.Contracts.Users;

namespace Scheduler.Api.Tests.Azkaban.Manager;

public class ProjectSettingsTests : ApiTest
{
    private const string Bare = "{\n  \"project\" : \"etl\",\n  \"projectId\" : 192\n}";
    private const string ReadOnly =
        "permissions[admin]=false&permissions[read]=true&permissions[write]=false&permissions[execute]=false&permissions[schedule]=false";

    [Theory]
    [InlineData("getProjectId", Bare)]
    [InlineData("changeDescription&description=new", Bare)]
    [InlineData("getProxyUsers", "{\n  \"project\" : \"etl\",\n  \"projectId\" : 192,\n  \"proxyUsers\" : [ \"azkaban\" ]\n}")]
    [InlineData("addProxyUser&name=hdfs", Bare)]
    [InlineData("removeProxyUser&name=azkaban", Bare)]
    [InlineData("checkForWritePermission", "{\n  \"project\" : \"etl\",\n  \"projectId\" : 192,\n  \"hasWritePermission\" : true\n}")]
    [InlineData("getGroupPermissions", "{\n  \"project\" : \"etl\",\n  \"projectId\" : 192,\n  \"permissions\" : [ ]\n}")]
    public async Task A_reply_has_these_bytes(string command, string body) => Assert.Equal(body, (await AskAsync(command)).Body);

    [Fact]
    public async Task Permissions_are_listed_by_user()
    {
        var answer = await AskAsync("getPermissions");

        Assert.StartsWith(
            """
            {
              "project" : "etl",
              "projectId" : 192,
              "permissions" : [ {
                "username" : "azkaban",
                "permission" : [ "ADMIN" ]
              }, {
                "username" : "writer",
                "permission" : [ "WRITE" ]
              },
            """, answer.Body);
    }

    [Fact]
    public async Task Writing_is_not_granted_to_a_reader() =>
        Assert.Contains("\"hasWritePermission\" : false", (await AskAsync("checkForWritePermission", "reader")).Body);

    [Theory]
    [InlineData("addPermission&name=nobody&group=false&" + ReadOnly, "nobody", false, Permissions.Read)]
    [InlineData("addPermission&name=analysts&group=True&" + ReadOnly, "analysts", true, Permissions.Read)]
    [InlineData(
        "addPermission&name=nobody&group=false&permissions[admin]=True&permissions[read]=true&permissions[write]=true&permissions[execute]=true"
        + "&permissions[schedule]=true", "nobody", false, Permissions.Admin)]
    [InlineData(
        "changePermission&name=reader&group=false&permissions%5Badmin%5D=false&permissions[read]=false&permissions[write]=true"
        + "&permissions[execute]=true&permissions[schedule]=true", "reader", false,
        Permissions.Write | Permissions.Execute | Permissions.Schedule)]
    public async Task A_permission_is_set(string command, string name, bool isGroup, Permissions expected)
    {
        Assert.Equal(Bare, (await AskAsync(command)).Body);

        Assert.Equal(expected, (await FindGrantAsync(name, isGroup))!.Permissions);
    }

    [Fact]
    public async Task A_permission_with_nothing_in_it_is_removed()
    {
        await AskAsync($"changePermission&name=reader&group=false&{ReadOnly.Replace("true", "false")}");

        Assert.Null(await FindGrantAsync("reader", isGroup: false));
    }

    [Fact]
    public async Task What_the_call_cannot_set_stays()
    {
        await Api.Projects.SetGrantAsync(
            Etl.Id, new("reader", false, Permissions.Metrics | Permissions.Write), Api.Users.Get("root"), default);
        await AskAsync($"changePermission&name=reader&group=false&{ReadOnly}");

        Assert.Equal(Permissions.Metrics | Permissions.Read, (await FindGrantAsync("reader", isGroup: false))!.Permissions);
    }

    [Theory]
    [InlineData("addPermission&name=reader&group=false&" + ReadOnly, "User permission already exists.")]
    [InlineData("addPermission&name=unknown&group=false&" + ReadOnly, "User is invalid.")]
    [InlineData("addPermission&name=unknown&group=true&" + ReadOnly, "Group is invalid.")]
    [InlineData("changePermission&name=nobody&group=false&" + ReadOnly, "Permissions for nobody cannot be found.")]
    [InlineData("changePermission&name=reader&group=true&" + ReadOnly, "Permissions for reader cannot be found.")]
    [InlineData("addProxyUser&name=other", "User azkaban has no permission to add other as proxy user.")]
    public async Task A_fault_is_told(string command, string error) => Assert.Equal(error, (await AskAsync(command)).Error);

    [Fact]
    public async Task A_group_is_added_only_once()
    {
        await AskAsync($"addPermission&name=analysts&group=true&{ReadOnly}");

        Assert.Equal("Group permission already exists.", (await AskAsync($"addPermission&name=analysts&group=true&{ReadOnly}")).Error);
    }

    [Theory]
    [InlineData("addPermission&group=false&" + ReadOnly, "name")]
    [InlineData("addPermission&name=nobody&" + ReadOnly, "group")]
    [InlineData("addPermission&name=nobody&group=false&permissions[admin]=false", "permissions[read]")]
    [InlineData("changeDescription", "description")]
    [InlineData("addProxyUser", "name")]
    public async Task A_missing_parameter_breaks_the_request(string command, string name)
    {
        var answer = await AskAsync(command);

        Assert.Equal(500, answer.Status);
        Assert.Contains($"Missing required parameter '{name}'.", answer.Body);
    }

    [Fact]
    public async Task The_log_of_a_project_is_listed_newest_first()
    {
        var answer = await AskAsync("fetchProjectLogs&size=2&skip=1");

        Assert.Equal(
            """
            {
              "project" : "etl",
              "projectId" : 192,
              "columns" : [ "user", "time", "type", "message" ],
              "logData" : [ [ "azkaban", 1407261317294, "USER_PERMISSION", "changed" ], [ "azkaban", 1407261317294, "USER_PERMISSION", "changed" ] ]
            }
            """, answer.Body);
        Assert.Contains("\"UPLOADED\", \"Uploaded new etl.zip\"", (await AskAsync("fetchProjectLogs")).Body);
    }

    private async Task<Grant?> FindGrantAsync(string name, bool isGroup) =>
        (await Api.Projects.FindAsync("etl", default))!.Grants.FirstOrDefault(grant => grant.Name == name && grant.IsGroup == isGroup);

    private async Task<Answer> AskAsync(string command, string user = "azkaban") =>
        await (await Api.AsAsync(user)).GetAsync($"/manager?project=etl&ajax={command}");

    public sealed class WhenNamesAreNotChecked : ApiTest
    {
        protected override void Configure(AzkabanOptions options) => options.ChecksNames = false;

        [Fact]
        public async Task Any_name_is_taken()
        {
            var client = await Api.AsAsync("azkaban");

            Assert.Equal(Bare, (await client.GetAsync($"/manager?project=etl&ajax=addPermission&name=new&group=false&{ReadOnly}")).Body);
        }
    }
}
