using System.Text;
using Scheduler.Contracts.DataSources;
using Scheduler.Contracts.Secrets;
using Scheduler.Silo.Tests.Storage;

namespace Scheduler.Silo.Tests.Secrets;

public sealed class SqliteDataSourceTests(SqliteStorage storage) : DataSourceTests(storage), IClassFixture<SqliteStorage>;

public sealed class PostgreSqlDataSourceTests(PostgreSqlStorage storage) : DataSourceTests(storage), IClassFixture<PostgreSqlStorage>;

public abstract class DataSourceTests(StorageFixture storage) : SecretSuite(storage)
{
    private static readonly Dictionary<string, string> Options = new() { ["host"] = "db.example.org", ["user"] = "etl" };

    [Fact]
    public async Task A_data_source_is_shown_without_its_password()
    {
        var (name, project) = (await NewSourceAsync("correct horse"), await NewProjectAsync());
        AssertDone(await Server.Sources.GrantAsync(name, project.Name, "root", default));

        var entry = (await Server.Sources.FindAsync(name, default))!;

        Assert.Equal(("mysql", true, project.Name), (entry.Kind, entry.HasPassword, Assert.Single(entry.Projects)));
        Assert.Equal(Options, entry.Options);
        Assert.Contains(name, (await Server.Sources.ListAsync(null, 100, default)).Items.Select(listed => listed.Name));
        var stored = Assert.Single(await QueryAsync<byte[]>("SELECT protected_password FROM data_source WHERE name = @name", new { name }));
        Assert.DoesNotContain("horse", Encoding.Latin1.GetString(stored), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Options_and_password_change_apart_from_each_other()
    {
        var name = await NewSourceAsync("correct horse");

        AssertDone(await Server.Sources.ChangeAsync(name, new Dictionary<string, string>(Options) { ["port"] = "3307" }, "ada", default));
        Assert.True((await Server.Sources.FindAsync(name, default))!.HasPassword);
        AssertDone(await Server.Sources.SetPasswordAsync(name, null, "ada", default));

        var entry = (await Server.Sources.FindAsync(name, default))!;
        Assert.Equal((false, "3307", "ada"), (entry.HasPassword, entry.Options["port"], entry.ModifiedBy));
        Assert.IsType<ChangeResult.Invalid>(await Server.Sources.ChangeAsync(name, new Dictionary<string, string> { ["dsn"] = "x" }, "ada", default));
        Assert.IsType<ChangeResult.Invalid>(await Server.Sources.SetPasswordAsync(name, "abc", "ada", default));
    }

    [Fact]
    public async Task A_name_is_taken_once_and_free_again_after_it_was_deleted()
    {
        var (name, project) = (await NewSourceAsync(null), await NewProjectAsync());
        await Server.Sources.GrantAsync(name, project.Name, "root", default);

        Assert.IsType<ChangeResult.Taken>(await Server.Sources.CreateAsync(name, "mysql", Options, null, "root", default));
        AssertDone(await Server.Sources.DeleteAsync(name, "root", default));
        AssertDone(await Server.Sources.CreateAsync(name, "mysql", Options, null, "root", default));
        Assert.Empty((await Server.Sources.FindAsync(name, default))!.Projects);
    }

    [Fact]
    public async Task What_there_is_not_cannot_be_changed()
    {
        Assert.IsType<ChangeResult.Unknown>(await Server.Sources.ChangeAsync("nothing", Options, "root", default));
        Assert.IsType<ChangeResult.Unknown>(await Server.Sources.SetPasswordAsync("nothing", "correct horse", "root", default));
        Assert.IsType<ChangeResult.Unknown>(await Server.Sources.RevokeAsync("nothing", "p", "root", default));
        Assert.IsType<DataSourceTest.Unknown>(await Server.Sources.TestAsync("nothing", default));
        Assert.Null(await Server.Sources.FindAsync("nothing", default));
    }

    [Fact]
    public async Task A_test_gets_the_password_and_tells_nobody()
    {
        var name = await NewSourceAsync("correct horse");
        Server.Probe.Answer = source => Task.FromResult<string?>($"denied for {source.Options["user"]} with {source.Password}");

        Assert.Equal("denied for etl with ***", Assert.IsType<DataSourceTest.Failed>(await Server.Sources.TestAsync(name, default)).Problem);
        Server.Probe.Answer = _ => Task.FromResult<string?>(null);
        Assert.IsType<DataSourceTest.Opened>(await Server.Sources.TestAsync(name, default));
    }

    [Fact]
    public async Task A_server_that_does_not_answer_is_given_up()
    {
        using var hasty = new SecretServer(Storage.Silo.Database, options => options.TestTimeout = TimeSpan.FromSeconds(1));
        hasty.Probe.Answer = _ => new TaskCompletionSource<string?>().Task;

        var failed = Assert.IsType<DataSourceTest.Failed>(await hasty.Sources.TestAsync(await NewSourceAsync(null), default));
        Assert.Equal("No connection within 1 seconds.", failed.Problem);
    }

    private async Task<string> NewSourceAsync(string? password)
    {
        var name = NewName();
        AssertDone(await Server.Sources.CreateAsync(name, "mysql", Options, password, "root", default));
        return name;
    }
}
