using Scheduler.Plugins.Odbc;
using Scheduler.Plugins.Odbc.Native;

namespace Scheduler.Plugins.Tests.Odbc;

public sealed class ConnectionSecretsTests
{
    [Theory]
    [InlineData("DSN=hive;UID=me;PWD=s3cret", "s3cret")]
    [InlineData("Pwd={a;b}}c}; Host=x", "{a;b}}c}", "a;b}}c", "a;b}c")]
    [InlineData("Password = one ;AccessToken=second", "second", "one")]
    [InlineData("DSN=hive;Host=x")]
    [InlineData("PWD=")]
    public void Secrets_are_found_in_every_spelling(string connectionString, params string[] secrets) =>
        Assert.Equal(secrets, ConnectionSecrets.Of(connectionString));

    [Fact]
    public void A_missing_driver_manager_is_named_with_what_to_install()
    {
        var error = Assert.Throws<OdbcException>(() => DriverManager.EnsureInstalled("libodbc-is-not-here.so"));
        Assert.Contains("apt-get install unixodbc", error.Message);
    }
}
