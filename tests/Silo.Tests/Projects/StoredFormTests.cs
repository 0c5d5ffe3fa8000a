using Scheduler.Contracts.Projects;
using Scheduler.Contracts.Users;
using Scheduler.Silo.Projects;

namespace Scheduler.Silo.Tests.Projects;

public sealed class StoredFormTests
{
    [Fact]
    public void Admin_stands_alone_in_an_entry() => Assert.Equal(
        new Grant("ann", false, Permissions.Admin),
        StoredForm.Of(new Grant("ann", false, Permissions.Admin | Permissions.Read | Permissions.Execute)));

    [Theory]
    [InlineData("plain, 数据 and 🚀", "plain, 数据 and 🚀")]
    [InlineData("a\0b", "a\uFFFDb")]
    [InlineData("a\uD83Db", "a\uFFFDb")]
    public void Only_what_no_database_takes_is_replaced(string text, string stored) => Assert.Equal(stored, StoredForm.Of(text));
}
