using System.Net;
using System.Text;
using CsCheck;
using Scheduler.Api.Azkaban;
using Scheduler.Api.Azkaban.Executor;
using Scheduler.Api.Tests.Host;

namespace Scheduler.Api.Tests.Azkaban.Executor;

public sealed class LogTests : ApiTest
{
    protected override void Configure(AzkabanOptions options) => options.MaxLogBytes = 100_000;

    protected override Task ArrangeAsync()
    {
        Api.Executions.Put(Views.Running(Etl.Id));
        return Task.CompletedTask;
    }

    [Fact]
    public async Task Data_is_escaped_twice_and_the_length_counts_raw_bytes()
    {
        SetLog("extract", 2, "Starting job <extract> \"caf\u00e9\" 中\\\n");
        var answer = await JobAsync("extract", 0, 1000);

        Assert.Equal("application/json;charset=utf-8", answer.ContentType);
        Assert.Equal(
            "{\n  \"length\" : 36,\n  \"offset\" : 0,\n  \"data\" : \"Starting job &lt;extract&gt; &quot;caf&eacute;&quot; &#20013;\\\\\\n\"\n}",
            answer.Body);
    }

    [Theory]
    [InlineData(0, 5, 0, 4, "aé1")]
    [InlineData(0, 4, 0, 4, "aé1")]
    [InlineData(0, 2, 0, 1, "a")]
    [InlineData(4, 3, 4, 3, "中")]
    [InlineData(4, 2, 4, 0, "")]
    [InlineData(5, 100, 7, 5, "😀b")]
    [InlineData(2, 100, 3, 9, "1中😀b")]
    [InlineData(12, 100, 12, 0, "")]
    [InlineData(999, 100, 999, 0, "")]
    [InlineData(-7, 1, 0, 1, "a")]
    [InlineData(0, -1, 0, 0, "")]
    [InlineData(0, 0, 0, 0, "")]
    [InlineData(0, int.MaxValue, 0, 12, "aé1中😀b")]
    public async Task A_piece_holds_whole_characters(int offset, int length, int expectedOffset, int expectedLength, string data)
    {
        SetLog("extract", 2, "aé1中😀b");
        var json = (await JobAsync("extract", offset, length)).Json;

        Assert.Equal((expectedOffset, expectedLength, data), (json.GetProperty("offset").GetInt32(), json.GetProperty("length").GetInt32(),
            WebUtility.HtmlDecode(json.GetProperty("data").GetString())));
    }

    [Fact]
    public async Task A_request_is_filled_though_the_store_hands_out_little_at_a_time()
    {
        SetLog("extract", 2, new string('x', 5_000));

        Assert.Equal(3_000, (await JobAsync("extract", 1_000, 3_000)).Json.GetProperty("length").GetInt32());
    }

    [Fact]
    public async Task A_client_that_pages_by_the_returned_length_reads_everything_once()
    {
        var log = string.Concat(Enumerable.Range(0, 400).Select(n => $"Zeile {n} ä€中😀 <&>\n"));
        SetLog("extract", 2, log);

        foreach (var length in new[] { 4, 5, 7, 64, 1_000, 100_000 })
        {
            var read = new StringBuilder();
            for (long offset = 0, got = -1; got != 0; offset += got)
            {
                var json = (await JobAsync("extract", offset, length)).Json;
                got = json.GetProperty("length").GetInt64();
                Assert.Equal(offset, json.GetProperty("offset").GetInt64());
                read.Append(WebUtility.HtmlDecode(json.GetProperty("data").GetString()));
            }
            Assert.Equal(log, read.ToString());
        }
    }

    [Fact]
    public void Windows_over_any_text_are_valid_and_lose_at_most_three_bytes() =>
        Gen.Select(Gen.String[1, 40], Gen.Int[0, 30], Gen.Int[0, 30]).Sample((text, from, count) =>
        {
            var bytes = Encoding.UTF8.GetBytes(text);
            var piece = bytes.AsSpan(Math.Min(from, bytes.Length));
            piece = piece[..Math.Min(count, piece.Length)];

            var window = LogWindow.Of(piece);

            // The strict decoder throws at half a character.
            Strict.GetString(piece.Slice(window.Skip, window.Length));
            Assert.InRange(piece.Length - window.Length, 0, 6);
        });

    [Fact]
    public void Bytes_that_are_no_text_stay_in_the_window() =>
        Assert.Equal(new LogWindow(0, 4), LogWindow.Of([0x41, 0xFF, 0xFE, 0xC0]));

    [Theory]
    [InlineData("", "second")]
    [InlineData("&attempt=1", "second")]
    [InlineData("&attempt=0", "first")]
    [InlineData("&attempt=999", "")]
    [InlineData("&attempt=x", "second")]
    public async Task Attempts_count_from_0_and_the_latest_is_taken_by_default(string attempt, string expected)
    {
        SetLog("extract", 1, "first");
        SetLog("extract", 2, "second");

        Assert.Equal(expected, (await JobAsync("extract", 0, 100, attempt)).Json.GetProperty("data").GetString());
    }

    [Fact]
    public async Task A_job_inside_an_embedded_flow_is_named_by_its_path()
    {
        SetLog("load:l1", 1, "inside");

        Assert.Equal("inside", (await JobAsync("load:l1", 0, 100)).Json.GetProperty("data").GetString());
    }

    [Theory]
    [InlineData("none")]
    [InlineData("../extract")]
    [InlineData("l1")]
    public async Task An_unknown_job_is_told(string job) =>
        Assert.Equal($"{{\n  \"error\" : \"Job {job} doesn't exist in 4813\"\n}}", (await JobAsync(job, 0, 100)).Body);

    [Fact]
    public async Task A_job_without_a_log_and_a_flow_before_its_log_are_empty()
    {
        const string Empty = "{\n  \"length\" : 0,\n  \"offset\" : 50,\n  \"data\" : \"\"\n}";

        Assert.Equal(Empty, (await JobAsync("load", 50, 100)).Body);
        Assert.Equal(Empty, (await AskAsync("fetchExecFlowLogs&execid=4813&offset=50&length=100")).Body);
    }

    [Fact]
    public async Task The_log_of_the_execution_is_read_the_same_way()
    {
        SetLog("", 1, "Running flow 'daily'.");

        Assert.Equal(
            "{\n  \"length\" : 14,\n  \"offset\" : 7,\n  \"data\" : \" flow 'daily'.\"\n}",
            (await AskAsync("fetchExecFlowLogs&execid=4813&offset=7&length=100")).Body);
    }

    [Fact]
    public async Task More_than_the_limit_is_cut()
    {
        SetLog("extract", 2, new string('x', 200_000));

        Assert.Equal(100_000, (await JobAsync("extract", 0, 9_999_999)).Json.GetProperty("length").GetInt32());
    }

    [Theory]
    [InlineData("fetchExecFlowLogs&execid=4813&offset=0")]
    [InlineData("fetchExecFlowLogs&execid=4813&length=1")]
    [InlineData("fetchExecJobLogs&execid=4813&offset=0&length=1")]
    [InlineData("fetchExecJobLogs&execid=4813&jobId=extract&offset=a&length=1")]
    [InlineData("fetchExecJobLogs&execid=4813&jobid=extract&offset=0&length=1")]
    public async Task Missing_or_broken_numbers_break_the_request(string command) => Assert.Equal(500, (await AskAsync(command)).Status);

    [Fact]
    public async Task A_job_has_no_statistics()
    {
        Assert.Equal("{\n  \"jobStats\" : null\n}", (await AskAsync("fetchExecJobStats&execid=4813&jobid=extract")).Body);
        Assert.Equal("Job none doesn't exist in 4813", (await AskAsync("fetchExecJobStats&execid=4813&jobid=none")).Error);
    }

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private void SetLog(string path, int attempt, string text) => Api.Executions.SetLog(4813, path, attempt, Encoding.UTF8.GetBytes(text));

    private Task<Answer> JobAsync(string job, long offset, long length, string more = "") =>
        AskAsync($"fetchExecJobLogs&execid=4813&jobId={Uri.EscapeDataString(job)}&offset={offset}&length={length}{more}");

    private async Task<Answer> AskAsync(string command) => await (await Api.AsAsync("reader")).GetAsync($"/executor?ajax={command}");
}
