using System.Text.Json;
using Scheduler.Testing;

namespace Scheduler.Cluster.Tests.Cli;

public sealed class UserTests : IDisposable
{
    private const string Password = "a long enough password";

    private readonly CommandFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Users_change_while_a_server_runs()
    {
        await using var server = await SchedulerServer.StartAsync();

        Assert.Equal(0, (await UserAsync(server, Password, "add", "ada", "--role", "admin", "--group", "etl", "--password-stdin")).Code);
        Assert.True(await MayLogInAsync(server, Password));

        Assert.Equal(0, (await UserAsync(server, Password + "2", "passwd", "ada", "--password-stdin")).Code);
        Assert.Equal((false, true), (await MayLogInAsync(server, Password), await MayLogInAsync(server, Password + "2")));

        Assert.Equal(0, (await UserAsync(server, "", "disable", "ada")).Code);
        Assert.False(await MayLogInAsync(server, Password + "2"));

        using var list = JsonDocument.Parse((await UserAsync(server, "", "list", "--json")).Output);
        var ada = list.RootElement.EnumerateArray().Single(user => user.GetProperty("name").GetString() == "ada");
        Assert.True(ada.GetProperty("disabled").GetBoolean());
        Assert.Equal("etl", ada.GetProperty("groups")[0].GetString());
    }

    [Fact]
    public async Task Users_live_in_PostgreSQL_as_well()
    {
        var database = await (await PostgreSqlServer.SharedAsync()).CreateDatabaseAsync();

        var added = await folder.PipeAsync(Password, "user", "add", "ada", "--password-stdin", "--database", database);
        var granted = await folder.RunAsync("user", "grant", "ada", "--role", "admin", "--database", database);
        var list = await folder.RunAsync("user", "list", "--database", database);

        Assert.Equal((0, 0, 0), (added.Code, granted.Code, list.Code));
        Assert.Matches(@"(?m)^ada +active +admin ", list.Output);
    }

    [Fact]
    public async Task Mistakes_are_told_in_a_sentence_and_an_exit_code()
    {
        await folder.RunAsync("migrate", "--data", "data");

        await ExpectAsync(2, "There is no database in", "", "list", "--data", "elsewhere");
        await ExpectAsync(2, "A password has 8 to 256 characters.", "short", "add", "ada", "--password-stdin", "--data", "data");
        await ExpectAsync(2, "A name has 1 to 64", Password, "add", "a b", "--password-stdin", "--data", "data");
        await ExpectAsync(2, "There is no terminal to ask for the password", "", "add", "ada", "--data", "data");
        await ExpectAsync(1, "There is no user 'ada'.", "", "disable", "ada", "--data", "data");
        await ExpectAsync(1, "There is no role 'nobody'.", Password, "add", "ada", "--role", "nobody", "--password-stdin", "--data", "data");
        await ExpectAsync(1, "There is a user 'ada' already.", Password, "add", "ada", "--password-stdin", "--data", "data");
        await ExpectAsync(2, "'nowhere.xml' cannot be taken over:", "", "import", "nowhere.xml", "--data", "data");
    }

    [Fact]
    public async Task A_password_is_asked_for_twice_and_never_shown()
    {
        await folder.RunAsync("migrate", "--data", "data");

        var same = await folder.RunOnTerminalAsync($"{CommandFolder.Program} user add ada --data data", ("New password:", Password), ("Again:", Password));
        var different = await folder.RunOnTerminalAsync($"{CommandFolder.Program} user passwd ada --data data", ("New password:", Password), ("Again:", "something else"));

        Assert.True(same.Code == 0, $"{same}");
        Assert.DoesNotContain(Password, same.Output, StringComparison.Ordinal);
        Assert.Contains("Added user 'ada'.", same.Output, StringComparison.Ordinal);
        Assert.Equal(2, different.Code);
        Assert.Contains("The two passwords differ", different.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_users_of_Azkaban_are_taken_over()
    {
        await folder.RunAsync("migrate", "--data", "data");
        await File.WriteAllTextAsync(
            Path.Combine(folder.Path, "azkaban-users.xml"),
            """
            <azkaban-users>
              <user username="azkaban" password="azkaban" roles="admin" groups="azkaban"/>
              <role name="admin" permissions="ADMIN"/>
            </azkaban-users>
            """);

        var first = await folder.RunAsync("user", "import", "azkaban-users.xml", "--data", "data");
        var second = await folder.RunAsync("user", "import", "azkaban-users.xml", "--data", "data");

        Assert.Equal((0, "Added: azkaban\n"), (first.Code, first.Output));
        Assert.Equal((0, "Known already, password kept: azkaban\n"), (second.Code, second.Output));
    }

    private Task<CommandResult> UserAsync(SchedulerServer server, string input, params string[] arguments) =>
        folder.PipeAsync(input, ["user", .. arguments, "--data", server.Data]);

    private static async Task<bool> MayLogInAsync(SchedulerServer server, string password)
    {
        using var http = new HttpClient { BaseAddress = server.Url };
        using var form = new FormUrlEncodedContent(
            new Dictionary<string, string> { ["action"] = "login", ["username"] = "ada", ["password"] = password });
        using var reply = await http.PostAsync(new Uri("/", UriKind.Relative), form);
        return (await reply.Content.ReadAsStringAsync()).Contains("session.id", StringComparison.Ordinal);
    }

    private async Task ExpectAsync(int code, string sentence, string input, params string[] arguments)
    {
        var result = await folder.PipeAsync(input, ["user", .. arguments]);
        Assert.True(code == result.Code && result.Errors.StartsWith(sentence, StringComparison.Ordinal), $"{sentence}: {result}");
    }
}
