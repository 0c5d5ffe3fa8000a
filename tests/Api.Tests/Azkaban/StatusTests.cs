using Scheduler.Api.Tests.Host;

namespace Scheduler.Api.Tests.Azkaban;

public sealed class StatusTests : ApiTest
{
    [Fact]
    public async Task Status_needs_no_login_and_ends_with_a_line_end()
    {
        var answer = await Api.GetAsync("/status");

        Assert.Equal((200, "application/json"), (answer.Status, answer.ContentType));
        Assert.StartsWith("{\n  \"version\" : \"", answer.Body);
        Assert.EndsWith("\n}\r\n", answer.Body);
        var executor = answer.Json.GetProperty("executorStatusMap").GetProperty("1");
        Assert.Equal((Environment.ProcessId.ToString(), true, Api.Address.Port, true), (answer.Json.GetProperty("pid").GetString(),
            answer.Json.GetProperty("isDatabaseUp").GetBoolean(), executor.GetProperty("port").GetInt32(),
            executor.GetProperty("isActive").GetBoolean()));
    }

    [Fact]
    public async Task A_process_without_its_store_is_alive_but_not_ready()
    {
        Assert.Equal((200, "ready"), await AskAsync("/readyz"));
        Api.Store.IsOff = true;

        Assert.Equal((200, "ok"), await AskAsync("/healthz"));
        Assert.Equal((503, "the store is away"), await AskAsync("/readyz"));
        Assert.False((await Api.GetAsync("/status")).Json.GetProperty("isDatabaseUp").GetBoolean());
    }

    private async Task<(int, string)> AskAsync(string path)
    {
        var answer = await Api.GetAsync(path);
        return (answer.Status, answer.Body);
    }
}
