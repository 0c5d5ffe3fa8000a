using Scheduler.Contracts.DataSources;
using Scheduler.Contracts.Secrets;

namespace Scheduler.Contracts.Tests.DataSources;

public sealed class DataSourceRulesTests
{
    [Theory]
    [InlineData("mysql", "host=db.example.org; port=3306; database=sales; user=etl; ssl.mode=verify-full; charset=utf8mb4; connect.timeout=5s")]
    [InlineData("postgresql", "host=::1; user=etl; search.path=a,b; connect.timeout=1m")]
    [InlineData("hive", "dsn=lake")]
    [InlineData("odbc", "driver=PostgreSQL Unicode; user=etl; connection.string=Server=db~Port=5432")]
    public void What_is_allowed_passes(string kind, string options) => Assert.Empty(Check(kind, options));

    [Theory]
    [InlineData("mysql", "host=a; user=u; databse=x", "datasource.unknown-option", "options/databse", "(did you mean database?)")]
    [InlineData("mysql", "host=a; user=u; search.path=x", "datasource.unknown-option", "options/search.path", "has no option 'search.path'; it has host")]
    [InlineData("mysql", "host=a,b; user=u", "datasource.several-hosts", "options/host", "Make one data source for each")]
    [InlineData("mysql", "host=a b; user=u", "datasource.several-hosts", "options/host", "one name")]
    [InlineData("postgresql", "host=a:5432; user=u", "datasource.invalid-option", "options/host", "the port is an option of its own")]
    [InlineData("postgresql", "host=/var/run; user=u", "datasource.invalid-option", "options/host", "name or an address")]
    [InlineData("mysql", "host=a; user=u; AllowLoadLocalInfile=true", "datasource.local-infile", "options/AllowLoadLocalInfile", "always off")]
    [InlineData("mysql", "host=a; user=u; local.infile=1", "datasource.local-infile", "options/local.infile", "always off")]
    [InlineData("mysql", "host=a; user=u; password=x", "datasource.password-in-options", "options/password", "Set the password by itself")]
    [InlineData("mysql", "host=a; user=u; port=0", "datasource.invalid-option", "options/port", "1 to 65535")]
    [InlineData("mysql", "host=a; user=u; port=+1", "datasource.invalid-option", "options/port", "1 to 65535")]
    [InlineData("mysql", "host=a; user=u; ssl.mode=requird", "datasource.invalid-option", "options/ssl.mode", "(did you mean require?)")]
    [InlineData("mysql", "host=a; user=u; charset=latin1", "datasource.invalid-option", "options/charset", "utf8mb4")]
    [InlineData("mysql", "host=a; user=u; connect.timeout=1h", "datasource.invalid-option", "options/connect.timeout", "1s to 300s")]
    [InlineData("mysql", "host=a", "datasource.missing-option", "options/user", "user is missing")]
    [InlineData("odbc", "user=u", "datasource.missing-option", "options", "driver, dsn and connection.string")]
    [InlineData("odbc", "driver=a; dsn=b", "datasource.invalid-option", "options/dsn", "exclude each other")]
    [InlineData("odbc", "driver={a}~x", "datasource.invalid-option", "options/driver", "without braces")]
    [InlineData("odbc", "connection.string=Server=a~Pwd=x", "datasource.password-in-options", "options/connection.string", "must not hold Pwd")]
    [InlineData("hive", "connection.string=Host=a~SSLClientPassWord = x", "datasource.password-in-options", "options/connection.string", "SSLClientPassWord")]
    [InlineData("odbc", "dsn=a; connection.string=pqopt={password=x}", "datasource.password-in-options", "options/connection.string", "password")]
    [InlineData("odbc", "dsn=a; connection.string=ENABLE_LOCAL_INFILE=1", "datasource.local-infile", "options/connection.string", "LOCAL INFILE")]
    [InlineData("mysq", "host=a; user=u", "datasource.unknown-kind", "kind", "(did you mean mysql?)")]
    public void What_is_not_is_refused_with_its_place_and_what_helps(string kind, string options, string code, string place, string message)
    {
        var fault = Assert.Single(Check(kind, options));

        Assert.Equal((code, place), (fault.Code, fault.Place));
        Assert.Contains(message, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Everything_that_is_wrong_is_said_at_once() =>
        Assert.Equal(["options/hst", "options/port", "options/host", "options/user"], Check("mysql", "port=x; hst=a").Select(fault => fault.Place));

    [Theory]
    [InlineData("a", true)]
    [InlineData("sales-db.2", true)]
    [InlineData("", false)]
    [InlineData("-a", false)]
    [InlineData("a.", false)]
    [InlineData("Sales", false)]
    [InlineData("a_b", false)]
    [InlineData("a b", false)]
    [InlineData("a\n", false)]
    public void Names_have_small_letters_digits_dots_and_hyphens(string name, bool isName) =>
        Assert.Equal(isName, SecretRules.IsName(name, new SecretOptions()));

    [Theory]
    [InlineData("abcd", true)]
    [InlineData("abc", false)]
    [InlineData("a    ", false)]
    [InlineData("abc\0def", false)]
    public void A_value_must_be_long_enough_to_be_masked(string value, bool isValue) =>
        Assert.Equal(isValue, SecretRules.CheckValue("secret", value, new SecretOptions()) is null);

    [Fact]
    public void Half_a_character_is_no_value() =>
        Assert.NotNull(SecretRules.CheckValue("secret", "abcd" + '\uD800', new SecretOptions()));

    [Fact]
    public void Limits_are_options()
    {
        var limits = new SecretOptions { LongestName = 3, LongestValue = 5 };

        Assert.False(SecretRules.IsName("abcd", limits));
        Assert.NotNull(SecretRules.CheckValue("secret", "äääa", limits));
    }

    private static IReadOnlyList<Fault> Check(string kind, string options) => DataSourceRules.Check(
        kind,
        options.Split("; ").Select(option => option.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1].Replace('~', ';')),
        new SecretOptions());
}
