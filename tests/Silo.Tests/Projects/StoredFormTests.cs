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

    [Fact]
    public void Only_what_no_database_takes_is_replaced()
    {
        Assert.Equal("plain, 数据 and 🚀", StoredForm.Of("plain, 数据 and 🚀"));
        Assert.Equal("a\uFFFDb", StoredForm.Of("a\0b"));
        Assert.Equal("a\uFFFDb", StoredForm.Of("a\uD83Db"));
    }
}
