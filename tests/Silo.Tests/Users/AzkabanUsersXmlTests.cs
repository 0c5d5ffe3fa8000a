using System.Text;
using Scheduler.Contracts.Users;
using Scheduler.Silo.Users;

namespace Scheduler.Silo.Tests.Users;

public sealed class AzkabanUsersXmlTests
{
    [Fact]
    public void Users_roles_and_groups_are_read_with_their_lists()
    {
        var read = Read("""
            <azkaban-users>
              <user groups="azkaban, ops" password="azkaban" roles="admin" username="azkaban"/>
              <user username="metrics" password="secret" roles="metrics" proxy="etl,etl,web" email="m@example.org"/>
              <role name="admin" permissions="ADMIN"/>
              <role name="metrics" permissions="METRICS,READ"/>
              <group name="ops" roles="admin"/>
            </azkaban-users>
            """);

        Assert.Equal(["azkaban", "metrics"], read.Users.Select(user => user.Name));
        Assert.Equal(["azkaban", "ops"], read.Users[0].Groups);
        Assert.Equal(["etl", "web"], read.Users[1].Proxies);
        Assert.Equal([Permissions.Admin, Permissions.Metrics | Permissions.Read], read.Roles.Select(role => role.Permissions));
        Assert.Equal(["admin"], Assert.Single(read.Groups).Roles);
    }

    [Theory]
    [InlineData("<users/>", "<azkaban-users>")]
    [InlineData("<azkaban-users><user username='ann'/></azkaban-users>", "'password'")]
    [InlineData("<azkaban-users>\n<role name='r' permissions='FLY'/></azkaban-users>", "Line 2: unknown permission 'FLY'")]
    [InlineData("<azkaban-users><role name='r' permissions='4096'/></azkaban-users>", "'4096'")]
    [InlineData("<azkaban-users>", "azkaban-users")]
    public void What_is_wrong_is_said(string xml, string reason) =>
        Assert.Contains(reason, Assert.Throws<FormatException>(() => Read(xml)).Message);

    [Fact]
    public void Entities_from_outside_are_refused() => Assert.Throws<FormatException>(() => Read("""
        <!DOCTYPE x [<!ENTITY secret SYSTEM "file:///etc/passwd">]>
        <azkaban-users><user username="&secret;" password="p"/></azkaban-users>
        """));

    private static AzkabanUsers Read(string xml) => AzkabanUsersXml.Read(new MemoryStream(Encoding.UTF8.GetBytes(xml)));
}
