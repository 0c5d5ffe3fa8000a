using System.Buffers;
using System.Globalization;
using System.Text;
using Scheduler.Contracts.DataSources;
using Scheduler.Contracts.Plugins;

namespace Scheduler.Plugins.DataSources;

/// <summary>What the driver manager gets to read. Of a key that comes twice the first counts, so the options come before the free text.</summary>
internal static class OdbcConnectionString
{
    private static readonly SearchValues<char> Special = SearchValues.Create("[]{}(),;?*=!@");

    public static string Of(DataSource source)
    {
        var text = new StringBuilder();
        Add(text, "Driver", source.Options.GetValueOrDefault(DataSourceKeys.Driver), InBraces);
        Add(text, "DSN", source.Options.GetValueOrDefault(DataSourceKeys.Dsn), AsNeeded);
        Add(text, "UID", source.Options.GetValueOrDefault(DataSourceKeys.User), AsNeeded);
        Add(text, "PWD", source.Password, AsNeeded);
        text.Append(source.Options.GetValueOrDefault(DataSourceKeys.ConnectionString));
        return text.ToString();
    }

    private static void Add(StringBuilder text, string key, string? value, Func<string, string> quote)
    {
        if (value is not null) text.Append(CultureInfo.InvariantCulture, $"{key}={quote(value)};");
    }

    // Some drivers take braces around a password for a part of it: only where it must be.
    private static string AsNeeded(string value) =>
        value.AsSpan().ContainsAny(Special) || value.Trim() != value ? InBraces(value) : value;

    private static string InBraces(string value) => $"{{{value.Replace("}", "}}")}}}";
}
