namespace Scheduler.Plugins.Odbc;

/// <summary>The driver manager says that it cannot open a library or does not know a name; what helps is a package.</summary>
internal static class MissingDriver
{
    private const string NoSuchDriver = "IM002";
    private const string NotLoaded = "IM003";

    private static readonly (string Word, string Package)[] Packages =
        [("postgres", "odbc-postgresql"), ("sqlite", "libsqliteodbc"), ("maria", "odbc-mariadb"), ("mysql", "odbc-mariadb")];

    /// <returns>The same error, with what to install where it is for want of a driver.</returns>
    public static OdbcException Explain(OdbcException error, string connectionString)
    {
        var missing = error.SqlState is NoSuchDriver or NotLoaded || error.Errors.Any(record => record.Text.Contains("Can't open lib"));
        return missing ? new OdbcException($"Cannot connect. {Advice(connectionString)} The driver manager says", error.Errors, error) : error;
    }

    private static string Advice(string connectionString)
    {
        var package = Packages.FirstOrDefault(known => connectionString.Contains(known.Word, StringComparison.OrdinalIgnoreCase)).Package;
        return "The ODBC driver or data source is not installed here. "
            + (package is null ? "Install the package of the driver" : $"Install its driver, on Debian: apt-get install {package}")
            + " and name it as in odbcinst.ini (odbcinst -q -d lists drivers, odbcinst -q -s data sources).";
    }
}
