using Scheduler.Api.Azkaban;
using Scheduler.Api.Tests.Host;

namespace Scheduler.Api.Tests.Azkaban.Clients;

/// <summary>
/// What <c>Shopify/azkaban-scheduler-ruby</c> compares word for word. It is of 2014, so operators of it set the switches for old texts.
/// </summary>
public sealed class ShopifyTests : ApiTest
{
    protected override void Configure(AzkabanOptions options)
    {
        options.ProjectExistsText = "Active project with name {name} already exists in db.";
        options.UploadErrorsAnswerOk = true;
    }

    [Fact]
    public async Task Texts_are_what_the_ruby_client_compares_with()
    {
        var login = await Api.PostAsync("/", "action=login&username=x&password=y");
        Assert.Equal("Incorrect Login. Username/Password not found.", login.Error);

        var client = await Api.AsAsync("azkaban");
        var created = await client.PostAsync("/manager", "action=create&name=etl&description=d");
        Assert.Equal("Active project with name etl already exists in db.", created.Json.GetProperty("message").GetString());
        using var upload = Packages.Upload("X", fields: ("session.id", client.Session));
        var uploaded = await Api.PostAsync("/manager", upload);
        Assert.Equal((200, "Installation Failed. Project 'X' doesn't exist."), (uploaded.Status, uploaded.Error));
    }

    [Fact]
    public async Task The_message_of_a_delete_is_cut_out_of_the_raw_header()
    {
        var client = await Api.AsAsync("azkaban");
        var answer = await Api.SendRawAsync(
            $"GET /manager?session.id={client.Session}&project=X&delete=true HTTP/1.1\nHost: h\nConnection: close\n\n");
        var header = answer.Split("\r\n").Single(line => line.StartsWith("Set-Cookie: azkaban.failure.message=", StringComparison.Ordinal));

        Assert.Equal("Set-Cookie: azkaban.failure.message=\"Project X doesn't exist.\";Path=/", header);
    }

    [Fact]
    public async Task Parts_of_an_upload_have_no_content_type()
    {
        var session = (await Api.AsAsync("azkaban")).Session;
        static string Part(string name, string value) => $"--b\nContent-Disposition: form-data; name=\"{name}\"\n\n{value}\n";
        var head = (Part("session.id", session) + Part("ajax", "upload") + Part("project", "etl")
            + "--b\nContent-Disposition: form-data; name=\"file\"; filename=\"etl.zip\"\nContent-Type: application/zip\n\n").Replace("\n", "\r\n");
        var content = new ByteArrayContent(
            [.. System.Text.Encoding.ASCII.GetBytes(head), .. Packages.Good, .. System.Text.Encoding.ASCII.GetBytes("\r\n--b--\r\n")]);
        content.Headers.TryAddWithoutValidation("Content-Type", "multipart/form-data; boundary=b");

        using (content) Assert.Equal("2", (await Api.PostAsync("/manager", content)).Json.GetProperty("version").GetString());
    }
}
