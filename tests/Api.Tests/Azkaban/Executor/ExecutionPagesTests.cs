using AngleSharp.Html.Parser;
using Scheduler.Api.Tests.Host;

namespace Scheduler.Api.Tests.Azkaban.Executor;

public sealed class ExecutionPagesTests : ApiTest
{
    protected override Task ArrangeAsync()
    {
        Api.Executions.Put(Views.Running(Etl.Id));
        return Task.CompletedTask;
    }

    [Fact]
    public async Task The_table_of_running_executions_has_its_cells_in_this_order()
    {
        Api.Clock.SetUtcNow(Views.At(1691000060456));
        var document = new HtmlParser().ParseDocument((await (await Api.AsAsync("reader")).GetAsync("/executor")).Body);
        var cells = Assert.Single(document.QuerySelectorAll("table#executingJobs tbody tr")).QuerySelectorAll("td");

        Assert.Equal(
            ["1", "4813", "-", "daily", "etl", "azkaban", "azkaban", "2023-08-02 18:13:20", "-", "60 sec", "RUNNING", ""],
            cells.Select(cell => cell.TextContent));
        Assert.All(new[] { 1, 3, 4 }, index => Assert.Equal("A", cells[index].FirstElementChild!.TagName));
        Assert.Equal("DIV", cells[10].FirstElementChild!.TagName);
    }

    [Fact]
    public async Task An_execution_and_a_log_have_pages_that_escape_everything()
    {
        Api.Executions.SetLog(4813, "extract", 2, "<script>alert('x')</script>"u8.ToArray());
        var client = await Api.AsAsync("reader");

        var execution = new HtmlParser().ParseDocument((await client.GetAsync("/executor?execid=4813")).Body);
        Assert.Equal(3, execution.QuerySelectorAll("#executableBody tbody tr").Length);
        var log = (await client.GetAsync("/executor?execid=4813&job=extract")).Body;
        Assert.Contains("<pre>&lt;script&gt;alert('x')&lt;/script&gt;</pre>", log);
        Assert.DoesNotContain("<script>", log);
    }
}
