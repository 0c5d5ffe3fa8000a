using AngleSharp.Html.Parser;
using Scheduler.Api.Tests.Host;
using Scheduler.Contracts.Users;

namespace Scheduler.Api.Tests.Azkaban.Index;

public sealed class ProjectListTests : ApiTest
{
    [Fact]
    public async Task All_projects_are_listed_for_everybody()
    {
        var user = Api.Users.Get("azkaban");
        await Api.Projects.DeleteAsync(Etl.Id, user, default);
        await Api.Projects.CreateAsync("etl", "again", user, default);
        await Api.Projects.SetGrantAsync(193, new("analysts", IsGroup: true, Permissions.Read | Permissions.Execute), user, default);

        Assert.Equal(
            """
            {
              "projects" : [ {
                "projectId" : 193,
                "projectName" : "etl",
                "createdBy" : "azkaban",
                "createdTime" : 1407261317294,
                "userPermissions" : [ {
                  "first" : "azkaban",
                  "second" : {
                    "types" : [ "ADMIN" ]
                  }
                } ],
                "groupPermissions" : [ {
                  "first" : "analysts",
                  "second" : {
                    "types" : [ "READ", "EXECUTE" ]
                  }
                } ]
              } ]
            }
            """,
            (await (await Api.AsAsync("nobody")).GetAsync("/index?ajax=fetchallprojects")).Body);
    }

    [Theory]
    [InlineData("azkaban", "", "etl")]
    [InlineData("reader", "", "etl")]
    [InlineData("runner", "", "")]
    [InlineData("root", "", "")]
    [InlineData("root", "&user=", "")]
    [InlineData("root", "&user=reader", "etl")]
    [InlineData("root", "&user=unknown", "")]
    public async Task A_users_projects_are_those_with_an_own_entry_to_read(string caller, string user, string expected)
    {
        var answer = await (await Api.AsAsync(caller)).GetAsync("/index?ajax=fetchuserprojects" + user);
        var names = answer.Json.GetProperty("projects").EnumerateArray().Select(project => project.GetProperty("projectName").GetString());

        Assert.Equal(expected, string.Join(',', names));
    }

    [Fact]
    public async Task An_empty_list_is_still_a_list() =>
        Assert.Equal("{\n  \"projects\" : [ ]\n}", (await (await Api.AsAsync("nobody")).GetAsync("/index?ajax=fetchuserprojects")).Body);

    [Fact]
    public async Task The_page_has_the_markup_that_is_scraped()
    {
        var page = (await (await Api.AsAsync("nobody")).GetAsync("/index?all")).Body;
        var document = new HtmlParser().ParseDocument(page);

        Assert.Equal("etl", document.QuerySelector("ul#project-list > li > div.project-info > h4 > a")!.TextContent);
        var modified = document.QuerySelector("p.project-last-modified")!;
        Assert.Equal("azkaban.", modified.TextContent.Trim().Split('\n')[^1].Trim());
        Assert.EndsWith("<strong>azkaban</strong>.", modified.InnerHtml.Trim());
        Assert.Equal("etl", document.QuerySelector("div.project-expander")!.Id);
    }

    [Theory]
    [InlineData("", "azkaban", true)]
    [InlineData("", "nobody", false)]
    [InlineData("?all", "nobody", true)]
    [InlineData("?group", "reader", false)]
    [InlineData("?doaction=search&searchterm=^E.l$&all=true", "nobody", true)]
    [InlineData("?doaction=search&searchterm=xyz&all=true", "nobody", false)]
    [InlineData("?doaction=search&searchterm=(((&all=true", "nobody", false)]
    [InlineData("?doaction=search&searchterm=(?=e)&all=true", "nobody", false)]
    public async Task The_page_shows_own_projects_unless_asked_for_others(string query, string user, bool isShown)
    {
        var page = (await (await Api.AsAsync(user)).GetAsync("/index" + query)).Body;

        Assert.Equal(isShown, page.Contains("id=\"etl\""));
    }

    [Fact]
    public async Task Names_and_descriptions_cannot_become_markup()
    {
        await Api.Projects.CreateAsync("<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", Api.Users.Get("azkaban"), default);
        var document = new HtmlParser().ParseDocument((await (await Api.AsAsync("nobody")).GetAsync("/index?all")).Body);

        Assert.Empty(document.QuerySelectorAll("script, img"));
        Assert.Contains("<script>alert(1)</script>", document.QuerySelectorAll("h4 > a").Select(link => link.TextContent));
    }
}
