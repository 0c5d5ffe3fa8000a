using System.Globalization;
using System.Text.RegularExpressions;
using Scheduler.Contracts.Definitions;
using Scheduler.Contracts.Plugins;
using Scheduler.Contracts.Secrets;

namespace Scheduler.Contracts.DataSources;

/// <summary>
/// Which options data sources have. A list of what is allowed, and nothing else: drivers know many keys, some of which give files away or
/// reach servers that nobody has named.
/// </summary>
public static partial class DataSourceRules
{
    private const decimal LongestConnect = 300;

    private static readonly Dictionary<string, string[]> Allowed = new(StringComparer.Ordinal)
    {
        [DataSourceKinds.MySql] =
        [
            DataSourceKeys.Host, DataSourceKeys.Port, DataSourceKeys.Database, DataSourceKeys.User, DataSourceKeys.SslMode, DataSourceKeys.Charset,
            DataSourceKeys.ConnectTimeout,
        ],
        [DataSourceKinds.PostgreSql] =
        [
            DataSourceKeys.Host, DataSourceKeys.Port, DataSourceKeys.Database, DataSourceKeys.User, DataSourceKeys.SslMode,
            DataSourceKeys.ConnectTimeout, DataSourceKeys.SearchPath,
        ],
        [DataSourceKinds.Hive] = [DataSourceKeys.Driver, DataSourceKeys.Dsn, DataSourceKeys.ConnectionString, DataSourceKeys.User],
        [DataSourceKinds.Odbc] = [DataSourceKeys.Driver, DataSourceKeys.Dsn, DataSourceKeys.ConnectionString, DataSourceKeys.User],
    };

    /// <summary>Everything that is wrong; empty when nothing is.</summary>
    public static IReadOnlyList<Fault> Check(string kind, IReadOnlyDictionary<string, string> options, SecretOptions limits)
    {
        if (!Allowed.TryGetValue(kind, out var allowed))
        {
            var text = $"There is no kind '{kind}'{Meant(kind, Allowed.Keys)}; it is one of {List(DataSourceKinds.All)}.";
            return [new("datasource.unknown-kind", text, "kind")];
        }

        return
        [
            .. options.OrderBy(option => option.Key, StringComparer.Ordinal)
                .Select(option => CheckOption(kind, option.Key, option.Value, allowed, limits)).OfType<Fault>(),
            .. FindMissing(kind, options),
        ];
    }

    private static Fault? CheckOption(string kind, string key, string value, string[] allowed, SecretOptions limits)
    {
        if (!allowed.Contains(key)) return Refuse(kind, key, allowed);
        if (value.Length == 0 || value.Length > limits.LongestOption || value.Any(char.IsControl))
            return Bad(key, Text($"{key} has 1 to {limits.LongestOption} characters, none of them a control character; leave it out to say nothing"));

        return key switch
        {
            DataSourceKeys.Host => CheckHost(value),
            DataSourceKeys.Port when !(ushort.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port > 0) =>
                Bad(key, "port is a number from 1 to 65535"),
            DataSourceKeys.SslMode when !SslModes.All.Contains(value) =>
                Bad(key, $"ssl.mode is one of {List(SslModes.All)}{Meant(value, SslModes.All)}"),
            DataSourceKeys.Charset when value != "utf8mb4" => Bad(key, "charset can only be utf8mb4, in which every text can be written"),
            DataSourceKeys.ConnectTimeout when DurationText.Seconds(value) is not (>= 1 and <= LongestConnect) =>
                Bad(key, Text($"connect.timeout is a time from 1s to {LongestConnect}s, such as 15s")),
            DataSourceKeys.Driver or DataSourceKeys.Dsn when value.AsSpan().ContainsAny("{};") =>
                Bad(key, $"{key} is the name alone, without braces or semicolons; further keys belong in connection.string"),
            DataSourceKeys.ConnectionString => CheckConnectionString(value),
            _ => null,
        };
    }

    private static Fault Refuse(string kind, string key, string[] allowed)
    {
        if (IsLocalFile(key)) return LocalFile(key, $"{key} cannot be set: LOCAL INFILE lets a server read files of this machine, so it is always off.");
        if (IsSecret(key)) return Readable(key, $"{key} is no option: anybody who may see the data source would read it. Set the password by itself.");

        var text = $"A data source of the kind {kind} has no option '{key}'{Meant(key, allowed)}; it has {List(allowed)}.";
        return new("datasource.unknown-option", text, PlaceOf(key));
    }

    private static Fault? CheckHost(string host)
    {
        if (host.AsSpan().ContainsAny(", ;"))
        {
            const string Text = "host is one name or address: with several nobody could tell which server a statement reached. "
                + "Make one data source for each.";
            return new("datasource.several-hosts", Text, PlaceOf(DataSourceKeys.Host));
        }

        return Uri.CheckHostName(host) == UriHostNameType.Unknown
            ? Bad(DataSourceKeys.Host, "host is a name or an address alone; the port is an option of its own")
            : null;
    }

    private static Fault? CheckConnectionString(string text)
    {
        if (SecretPair().Match(text) is { Success: true } secret)
            return Readable(
                DataSourceKeys.ConnectionString,
                $"connection.string must not hold {secret.Groups["key"].Value.Trim()}: anybody who may see the data source would read it. "
                + "Take it out and set the password by itself.");

        return IsLocalFile(text)
            ? LocalFile(
                DataSourceKeys.ConnectionString,
                "connection.string must not turn LOCAL INFILE on: it lets a server read files of this machine. Take it out.")
            : null;
    }

    private static IEnumerable<Fault> FindMissing(string kind, IReadOnlyDictionary<string, string> options)
    {
        if (kind is DataSourceKinds.MySql or DataSourceKinds.PostgreSql)
        {
            foreach (var key in new[] { DataSourceKeys.Host, DataSourceKeys.User })
                if (!options.ContainsKey(key)) yield return new("datasource.missing-option", $"The option {key} is missing.", PlaceOf(key));
            yield break;
        }

        string[] ways = [DataSourceKeys.Driver, DataSourceKeys.Dsn];
        if (ways.All(options.ContainsKey))
            yield return Bad(DataSourceKeys.Dsn, "driver and dsn exclude each other: a dsn names its driver already");
        if (!ways.Append(DataSourceKeys.ConnectionString).Any(options.ContainsKey))
            yield return new("datasource.missing-option", "One of driver, dsn and connection.string must say how to connect.", "options");
    }

    private static Fault Bad(string key, string message) => new("datasource.invalid-option", message + ".", PlaceOf(key));

    private static Fault LocalFile(string key, string text) => new("datasource.local-infile", text, PlaceOf(key));

    private static Fault Readable(string key, string text) => new("datasource.password-in-options", text, PlaceOf(key));

    private static string PlaceOf(string key) => $"options/{key}";

    private static string Meant(string wrong, IEnumerable<string> names) =>
        NameDistance.Nearest(wrong, names) is { } near ? $" (did you mean {near}?)" : "";

    private static string List(IEnumerable<string> names) => string.Join(", ", names);

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static bool IsSecret(string key) => SecretPair().IsMatch(key + "=");

    private static bool IsLocalFile(string text)
    {
        var letters = string.Concat(text.Where(char.IsAsciiLetter)).ToUpperInvariant();
        return letters.Contains("LOCALINFILE", StringComparison.Ordinal) || letters.Contains("LOADDATALOCAL", StringComparison.Ordinal);
    }

    // Also deep inside: some drivers take a whole list of keys as the value of one.
    [GeneratedRegex(
        @"(?<key>[\w. -]*(?:pwd|passw|passphrase|secret|token|credential)[\w. -]*)=", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex SecretPair();
}
