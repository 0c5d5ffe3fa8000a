using System.Globalization;
using System.Text;
using System.Text.Json;
using Scheduler.Silo.Users;

namespace Scheduler.Silo.Cli.Users;

/// <summary>The list of users for a person and for a program.</summary>
internal static class UserListing
{
    private static readonly string[] Titles = ["NAME", "STATE", "ROLES", "GROUPS", "PROXIES", "SINCE"];

    /// <summary>
    /// One line per user below a line of titles, columns apart by blanks alone, never cut: the same on a terminal and for <c>grep</c>
    /// and <c>awk</c>.
    /// </summary>
    public static IEnumerable<string> ToTable(IReadOnlyList<UserAccount> users)
    {
        var rows = users.Select(ToCells).Prepend(Titles).ToList();
        var widths = Enumerable.Range(0, Titles.Length).Select(column => rows.Max(row => row[column].Length)).ToList();
        return rows.Select(row => string.Join("  ", row.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd());
    }

    /// <summary><c>[{ name, disabled, createdAt, roles, groups, proxies }]</c>.</summary>
    public static string ToJson(IReadOnlyList<UserAccount> users)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartArray();
            foreach (var user in users) Write(json, user);
            json.WriteEndArray();
        }

        return Encoding.UTF8.GetString(bytes.ToArray());
    }

    private static string[] ToCells(UserAccount user) =>
    [
        user.Name, user.IsDisabled ? "disabled" : "active", Join(user.Roles), Join(user.Groups), Join(user.MayActAs),
        user.CreatedAt.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
    ];

    private static string Join(IReadOnlyList<string> names) => names.Count == 0 ? "-" : string.Join(',', names);

    private static void Write(Utf8JsonWriter json, UserAccount user)
    {
        json.WriteStartObject();
        json.WriteString("name", user.Name);
        json.WriteBoolean("disabled", user.IsDisabled);
        json.WriteString("createdAt", user.CreatedAt);
        Write(json, "roles", user.Roles);
        Write(json, "groups", user.Groups);
        Write(json, "proxies", user.MayActAs);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string property, IReadOnlyList<string> names)
    {
        json.WriteStartArray(property);
        foreach (var name in names) json.WriteStringValue(name);
        json.WriteEndArray();
    }
}
