using System.Net.Sockets;
using System.Text;
using Scheduler.Api.Azkaban;
using Scheduler.Api.Tests.Host;

namespace Scheduler.Api.Tests.Azkaban.Manager;

public class UploadTests : ApiTest
{
    [Fact]
    public async Task The_reply_holds_texts_and_the_versions_count_up()
    {
        var client = await Api.AsAsync("writer");

        Assert.Equal("{\n  \"projectId\" : \"192\",\n  \"version\" : \"2\"\n}", (await UploadAsync(client, Packages.Upload("etl"))).Body);
        var second = await UploadAsync(client, Packages.Upload("ETL", contentType: "application/octet-stream", fileName: "Etl.ZIP"));
        Assert.Equal((200, "3"), (second.Status, second.Json.GetProperty("version").GetString()));
        Assert.Empty(Api.LeftBehind);
    }

    [Fact]
    public async Task The_session_may_come_as_a_part_before_or_behind_the_file()
    {
        var session = (await Api.AsAsync("writer")).Session;
        using var first = Packages.Upload("etl", fields: ("session.id", session));
        using var last = Packages.Upload("etl");
        last.Add(new StringContent(session), "session.id");

        Assert.Equal("2", (await Api.PostAsync("/manager", first)).Json.GetProperty("version").GetString());
        Assert.Equal("3", (await Api.PostAsync("/manager", last)).Json.GetProperty("version").GetString());
    }

    [Fact]
    public async Task The_session_may_come_in_the_query_and_credentials_as_parts()
    {
        using var byQuery = Packages.Upload("etl");
        using var byPassword = Packages.Upload("etl", fields: [("username", "writer"), ("password", "secret")]);

        Assert.Equal(200, (await Api.PostAsync($"/manager?session.id={(await Api.AsAsync("writer")).Session}", byQuery)).Status);
        Assert.Equal("3", (await Api.PostAsync("/manager", byPassword)).Json.GetProperty("version").GetString());
    }

    [Fact]
    public async Task Fields_of_the_query_do_not_count()
    {
        using var form = Packages.Upload(project: null);
        var answer = await (await Api.AsAsync("writer")).PostAsync("/manager?ajax=upload&project=etl", form);

        Assert.Equal((400, "No project name found."), (answer.Status, answer.Error));
    }

    [Fact]
    public async Task Of_two_files_and_two_fields_of_a_name_the_first_counts()
    {
        using var form = Packages.Upload("etl", Packages.Zip(("first.job", "type=noop")));
        form.Add(Packages.File(Packages.Zip(("second.job", "type=noop")), "application/zip"), "file", "second.zip");
        form.Add(new StringContent("none"), "project");
        await UploadAsync(await Api.AsAsync("writer"), form);

        var version = await Api.Projects.FindVersionAsync(Etl.Id, null, default);
        Assert.Equal("first", (await Api.Projects.GetDefinitionAsync(version!, default)).Workflows[0].Id);
    }

    [Fact]
    public async Task Warnings_are_told_beside_the_version()
    {
        Api.Projects.Warnings.AddRange(["one", "two"]);
        var answer = await UploadAsync(await Api.AsAsync("writer"), Packages.Upload("etl"));

        Assert.Equal("Validator Directory Flow reports warnings:<br><br>one<br>two<br>", answer.Json.GetProperty("warn").GetString());
        Assert.Equal("2", answer.Json.GetProperty("version").GetString());
    }

    [Theory]
    [InlineData("writer", null, "a.zip", "application/zip", 400, "No project name found.", false)]
    [InlineData("writer", "none", "a.zip", "application/zip", 410, "Installation Failed. Project 'none' doesn't exist.", false)]
    [InlineData("reader", "etl", "a.zip", "application/zip", 400, "Installation Failed. User 'reader' does not have write access.", true)]
    [InlineData("writer", "etl", "a.tar", "application/zip", 400, "File extension 'tar' unrecognized.", true)]
    [InlineData("writer", "etl", "zip", "application/zip", 400, "File extension '' unrecognized.", true)]
    [InlineData("writer", "etl", "a.zip", "text/plain", 400, "Content type 'text/plain' does not match extension 'zip'", true)]
    [InlineData("writer", "etl", "a.zip", null, 400, "Content type '' does not match extension 'zip'", true)]
    public async Task A_refused_upload_names_the_fault(
        string user, string? project, string fileName, string? type, int status, string error, bool namesProject)
    {
        var answer = await UploadAsync(await Api.AsAsync(user), Packages.Upload(project, fileName: fileName, contentType: type));

        Assert.Equal((status, error), (answer.Status, answer.Error));
        Assert.Equal(namesProject, answer.Json.TryGetProperty("projectId", out var id));
        if (namesProject) Assert.Equal(("192", "1"), (id.GetString(), answer.Json.GetProperty("version").GetString()));
        Assert.Empty(Api.LeftBehind);
    }

    [Fact]
    public async Task Faults_of_the_package_are_reported_with_status_500_and_the_version_stays()
    {
        var client = await Api.AsAsync("writer");
        var broken = Packages.Zip(("a.job", "type=noop\ndependencies=zzz"));

        var invalid = await UploadAsync(client, Packages.Upload("etl", broken));
        Assert.Equal((500, "Validator Directory Flow reports errors:<br><br>a cannot find dependency zzz<br>"), (invalid.Status, invalid.Error));
        Assert.Equal("1", invalid.Json.GetProperty("version").GetString());

        var unreadable = await UploadAsync(client, Packages.Upload("etl", [1, 2, 3]));
        Assert.Equal((500, "Installation Failed.<br>Error unzipping file."), (unreadable.Status, unreadable.Error));
    }

    [Fact]
    public async Task A_defect_is_told_in_the_same_form()
    {
        Api.Projects.UploadDefect = new InvalidOperationException("Password=hunter2");
        var answer = await UploadAsync(await Api.AsAsync("writer"), Packages.Upload("etl"));

        Assert.Equal((500, "Server Encounter an unknown Error. <br>"), (answer.Status, answer.Error));
    }

    [Fact]
    public async Task A_long_report_is_cut()
    {
        var broken = Packages.Zip(("a.job", "type=noop\ndependencies=" + new string('z', 5_000)));

        Assert.Equal(4_000, (await UploadAsync(await Api.AsAsync("writer"), Packages.Upload("etl", broken))).Error!.Length);
    }

    [Fact]
    public async Task A_request_without_a_file_is_broken()
    {
        using var form = new MultipartFormDataContent { { new StringContent("upload"), "ajax" }, { new StringContent("etl"), "project" } };

        Assert.Equal(500, (await (await Api.AsAsync("writer")).PostAsync("/manager", form)).Status);
    }

    [Fact]
    public async Task With_action_the_outcome_is_told_behind_a_redirect()
    {
        var client = await Api.AsAsync("writer");

        var good = await UploadAsync(client, Packages.Upload("etl", ajax: "action"));
        Assert.Equal((302, $"{Api.Address}manager?project=etl", ""), (good.Status, good.Header("Location"), good.Header("Set-Cookie")));
        var bad = await UploadAsync(client, Packages.Upload("etl", [1], ajax: "action"));
        Assert.Equal("azkaban.failure.message=\"Installation Failed.<br>Error unzipping file.\";Path=/", bad.Header("Set-Cookie"));
    }

    [Fact]
    public async Task Other_commands_in_a_multipart_body_answer_an_empty_object()
    {
        using var form = new MultipartFormDataContent { { new StringContent("other"), "ajax" } };

        Assert.Equal("{\n}", (await (await Api.AsAsync("root")).PostAsync("/manager", form)).Body);
    }

    [Fact]
    public async Task A_download_is_byte_for_byte_what_was_uploaded()
    {
        var archive = Packages.Zip(("a.job", "type=noop"), ("big.bin", new string('x', 3 << 20) + Guid.NewGuid()));
        await UploadAsync(await Api.AsAsync("writer"), Packages.Upload("etl", archive, fileName: "my;etl.zip"));
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Add("Cookie", $"azkaban.browser.session.id={(await Api.AsAsync("reader")).Session}");

        using var response = await http.GetAsync(new Uri(Api.Address, "manager?project=etl&download=true&version=2"));

        Assert.Equal(archive, await response.Content.ReadAsByteArrayAsync());
        Assert.Equal("attachment; filename=\"my,etl.zip\"", response.Content.Headers.NonValidated["Content-Disposition"].ToString());
        Assert.Equal("application/zip", response.Content.Headers.ContentType!.ToString());
        Assert.Equal(["2", "192"], new[] { "version", "projectId" }.Select(name => response.Headers.GetValues(name).Single()));
    }

    [Theory]
    [InlineData("reader", "project=none", "Project none doesn't exist.")]
    [InlineData("writer", "project=etl", "No permission to download project etl.")]
    [InlineData("reader", "project=etl&version=9", "Project etl with version 9 doesn't exist")]
    public async Task A_refused_download_is_told_behind_a_redirect(string user, string query, string text)
    {
        var answer = await (await Api.AsAsync(user)).GetAsync($"/manager?{query}&download=true");

        Assert.Equal((302, $"{Api.Address}", $"azkaban.failure.message=\"{text}\";Path=/"),
            (answer.Status, answer.Header("Location"), answer.Header("Set-Cookie")));
    }

    [Theory]
    [InlineData("multipart/form-data", "--x\r\n")]
    [InlineData("multipart/form-data; boundary=x", "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.zip\"\r\n\r\ncut")]
    [InlineData("multipart/form-data; boundary=x", "no parts at all")]
    public async Task A_malformed_body_is_a_bad_request_and_leaves_nothing(string contentType, string body)
    {
        var answer = await Api.SendRawAsync(
            $"POST /manager HTTP/1.1\nHost: h\nConnection: close\nContent-Type: {contentType}\nContent-Length: {body.Length}\n\n"
            + body.ReplaceLineEndings("\n"));

        Assert.StartsWith("HTTP/1.1 400", answer);
        Assert.Empty(Api.LeftBehind);
    }

    [Fact]
    public async Task A_client_that_goes_away_in_the_middle_leaves_nothing()
    {
        using (var connection = new TcpClient())
        {
            await connection.ConnectAsync(Api.Address.Host, Api.Address.Port);
            await connection.GetStream().WriteAsync(Encoding.ASCII.GetBytes(
                "POST /manager HTTP/1.1\r\nHost: h\r\nContent-Type: multipart/form-data; boundary=x\r\nContent-Length: 1000000\r\n\r\n"
                + "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.zip\"\r\n\r\n" + new string('z', 10_000)));
            await Eventually.HoldsAsync(() => Api.LeftBehind.Any());
        }

        await Eventually.HoldsAsync(() => !Api.LeftBehind.Any());
    }

    private static async Task<Answer> UploadAsync(Client client, MultipartFormDataContent form)
    {
        using (form) return await client.PostAsync("/manager", form);
    }

    public sealed class WithSwitches : ApiTest
    {
        protected override void Configure(AzkabanOptions options)
        {
            options.UploadErrorsAnswerOk = true;
            options.LocksUploads = true;
            options.MaxUploadBytes = 1 << 16;
        }

        [Fact]
        public async Task Errors_may_answer_200()
        {
            var answer = await UploadAsync(await Api.AsAsync("root"), Packages.Upload("none"));

            Assert.Equal((200, "Installation Failed. Project 'none' doesn't exist."), (answer.Status, answer.Error));
        }

        [Fact]
        public async Task Uploads_may_be_locked() => Assert.Equal(
            "Project uploading is locked out. Only admin users and users with special permissions can upload projects. "
            + "User writer doesn't have permission to upload project.",
            (await UploadAsync(await Api.AsAsync("writer"), Packages.Upload("etl"))).Error);

        [Theory]
        [InlineData("Content-Length: 10000000")]
        [InlineData("Transfer-Encoding: chunked")]
        public async Task A_body_beyond_the_limit_is_refused_whatever_its_headers_say(string framing)
        {
            var body = "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.zip\"\r\n\r\n" + new string('z', 100_000);
            if (framing.StartsWith("Transfer", StringComparison.Ordinal)) body = $"{body.Length:x}\r\n{body}\r\n0\r\n\r\n";

            var answer = await Api.SendRawAsync(
                $"POST /manager HTTP/1.1\nHost: h\nConnection: close\nContent-Type: multipart/form-data; boundary=x\n{framing}\n\n" + body);

            Assert.StartsWith("HTTP/1.1 413", answer);
            Assert.Empty(Api.LeftBehind);
        }
    }
}
