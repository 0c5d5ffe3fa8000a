namespace Scheduler.Contracts.Plugins;

/// <summary>A database that administrators have named, as an attempt gets it: with its password.</summary>
/// <param name="name">Unique.</param>
/// <param name="kind">One of <see cref="DataSourceKinds"/>.</param>
/// <param name="options">Such as <c>host</c>, <c>port</c>, <c>database</c>, <c>user</c>; never a secret. Keys compare ordinally.</param>
/// <param name="password">Null when it has none.</param>
public sealed class DataSource(string name, string kind, IReadOnlyDictionary<string, string> options, string? password)
{
    public string Name { get; } = name;

    public string Kind { get; } = kind;

    public IReadOnlyDictionary<string, string> Options { get; } = options;

    public string? Password { get; } = password;

    /// <summary>Without the password, so that it may be logged.</summary>
    public override string ToString() => $"{Kind} data source {Name}";
}

/// <summary>What kinds of data sources there are.</summary>
public static class DataSourceKinds
{
    public const string MySql = "mysql";
    public const string PostgreSql = "postgresql";
    public const string Hive = "hive";
    public const string Odbc = "odbc";

    public static IReadOnlyList<string> All { get; } = [MySql, PostgreSql, Hive, Odbc];
}
