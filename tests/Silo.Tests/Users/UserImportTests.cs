using Scheduler.Contracts.Users;
using Scheduler.Silo.Tests.Storage;
using Scheduler.Silo.Users;

namespace Scheduler.Silo.Tests.Users;

public sealed class SqliteUserImportTests(SqliteStorage storage) : UserImportTests(storage), IClassFixture<SqliteStorage>;

public sealed class PostgreSqlUserImportTests(PostgreSqlStorage storage) : UserImportTests(storage), IClassFixture<PostgreSqlStorage>;

public abstract class UserImportTests(StorageFixture storage) : UserSuite(storage)
{
    [Fact]
    public async Task Imported_users_log_in_with_their_old_password_and_rights()
    {
        var name = NewName();
        var file = new AzkabanUsers(
            [new(name, "short", ["metrics"], ["ops"], ["hdfs"])],
            [new("metrics", Permissions.Metrics), new("runner", Permissions.Execute)],
            [new("ops", ["runner"])]);

        var report = await Server.Import.RunAsync(file, "root", default);

        Assert.Equal([name], report.Added);
        Assert.Empty(report.Refused);
        var user = Assert.IsType<LoginResult.Accepted>(await LoginAsync(name, "short")).User;
        Assert.Equal(Permissions.Metrics | Permissions.Execute, user.Everywhere);
        Assert.Equal(["hdfs"], user.MayActAs);
    }

    [Fact]
    public async Task A_second_import_changes_no_password()
    {
        var name = NewName();
        var file = new AzkabanUsers([new(name, "short", [], [], [])], [], []);
        await Server.Import.RunAsync(file, "root", default);
        await Server.Administration.ChangePasswordAsync(name, "a brand new one", "root", default);

        var report = await Server.Import.RunAsync(file, "root", default);

        Assert.Equal([name], report.Kept);
        Assert.IsType<LoginResult.Accepted>(await LoginAsync(name, "a brand new one"));
    }

    [Fact]
    public async Task What_cannot_be_taken_over_is_reported_and_the_rest_is_taken()
    {
        var name = NewName();
        var file = new AzkabanUsers([new("two words", "x", [], [], []), new(name, "x", ["no-such-role"], [], [])], [], []);

        var report = await Server.Import.RunAsync(file, "root", default);

        Assert.Equal([name], report.Added);
        Assert.Equal(["user two words: InvalidName", $"user {name} has role no-such-role: UnknownRole"], report.Refused);
    }
}
