using System.Net;
using System.Text;
using AngleSharp.Html.Parser;
using Scheduler.Api.Tests.Host;

namespace Scheduler.Api.Tests.Azkaban.Clients;

/// <summary>What <c>ilikeorangutans/harbormaster</c> (Go) reads: the table of running executions, and logs until a piece comes short.</summary>
public sealed class HarbormasterTests : ApiTest
{
    [Fact]
    public async Task Running_executions_are_read_from_the_table_by_position()
    {
        Api.Executions.Put(Views.Running(Etl.Id));
        var document = new HtmlParser().ParseDocument((await AskAsync("/executor")).Body);

        foreach (var row in document.QuerySelectorAll("#executingJobs tbody tr"))
        {
            var cells = row.QuerySelectorAll("td");
            Assert.Equal(4813, long.Parse(cells[1].QuerySelector("a")!.TextContent));
            Assert.Equal(("daily", "etl"), (cells[3].QuerySelector("a")!.TextContent, cells[4].QuerySelector("a")!.TextContent));
            Assert.True(DateTime.TryParseExact(cells[7].TextContent, "yyyy-MM-dd HH:mm:ss", null, default, out _));
            Assert.Equal("RUNNING", cells[10].QuerySelector("div")!.TextContent);
        }
        Assert.NotEmpty(document.QuerySelectorAll("#executingJobs tbody tr"));
    }

    [Fact]
    public async Task A_log_is_read_in_one_piece_of_ten_megabytes()
    {
        Api.Executions.Put(Views.Running(Etl.Id));
        var log = string.Concat(Enumerable.Repeat("<ä> & \"中\"\n", 5_000));
        Api.Executions.SetLog(4813, "extract", 2, Encoding.UTF8.GetBytes(log));

        var answer = await AskAsync("/executor?ajax=fetchExecJobLogs&execid=4813&jobId=extract&offset=0&length=10485760");

        Assert.Equal(log, WebUtility.HtmlDecode(answer.Json.GetProperty("data").GetString()));
        Assert.Equal(Encoding.UTF8.GetByteCount(log), answer.Json.GetProperty("length").GetInt64());
    }

    [Fact]
    public async Task A_lost_session_shows_the_login_form()
    {
        var document = new HtmlParser().ParseDocument((await Api.GetAsync("/executor?session.id=gone")).Body);

        Assert.NotNull(document.GetElementById("username"));
        Assert.NotNull(document.GetElementById("password"));
    }

    private async Task<Answer> AskAsync(string address)
    {
        var separator = address.Contains('?') ? '&' : '?';
        return await Api.GetAsync($"{address}{separator}session.id={(await Api.AsAsync("reader")).Session}");
    }
}
