using System.Text.Json;
using Scheduler.Silo.Cli.Users;
using Scheduler.Silo.Users;

namespace Scheduler.Silo.Tests.Cli;

public class UserListingTests
{
    private static readonly UserAccount[] Users =
    [
        new("ada", false, Views.Start, ["admin", "operator"], ["etl"], []),
        new("bob", true, Views.Start, [], [], ["hdfs"]),
    ];

    [Fact]
    public void Columns_of_the_table_line_up() => Assert.Equal(
        [
            "NAME  STATE     ROLES           GROUPS  PROXIES  SINCE",
            "ada   active    admin,operator  etl     -        2026-03-01",
            "bob   disabled  -               -       hdfs     2026-03-01",
        ],
        UserListing.ToTable(Users));

    [Fact]
    public void The_document_for_programs_holds_the_same()
    {
        using var json = JsonDocument.Parse(UserListing.ToJson(Users));

        Assert.Equal(2, json.RootElement.GetArrayLength());
        Assert.Equal("admin", json.RootElement[0].GetProperty("roles")[0].GetString());
        Assert.True(json.RootElement[1].GetProperty("disabled").GetBoolean());
    }
}
