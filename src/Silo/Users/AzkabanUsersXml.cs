using System.Xml;
using System.Xml.Linq;
using Scheduler.Contracts.Users;

namespace Scheduler.Silo.Users;

/// <summary>What an <c>azkaban-users.xml</c> says. Lists are without duplicates, in the order written.</summary>
internal sealed record AzkabanUsers(
    IReadOnlyList<AzkabanUser> Users, IReadOnlyList<AzkabanRole> Roles, IReadOnlyList<AzkabanGroup> Groups);

/// <param name="Name">Attribute <c>username</c>.</param>
/// <param name="Password">In plain text, as Azkaban keeps it.</param>
/// <param name="Roles">Names of roles.</param>
/// <param name="Groups">Names of groups.</param>
/// <param name="Proxies">Users it may add as proxy users.</param>
internal sealed record AzkabanUser(
    string Name, string Password, IReadOnlyList<string> Roles, IReadOnlyList<string> Groups, IReadOnlyList<string> Proxies);

internal sealed record AzkabanRole(string Name, Permissions Permissions);

internal sealed record AzkabanGroup(string Name, IReadOnlyList<string> Roles);

/// <summary>Reads the users file of Azkaban.</summary>
internal static class AzkabanUsersXml
{
    /// <exception cref="FormatException">Not such a file; the message says where it goes wrong.</exception>
    public static AzkabanUsers Read(Stream xml)
    {
        var root = Load(xml).Root;
        if (root?.Name.LocalName != "azkaban-users") throw new FormatException("The root element is not <azkaban-users>.");

        return new(
            [.. root.Elements("user").Select(ReadUser)],
            [.. root.Elements("role").Select(role => new AzkabanRole(Required(role, "name"), ReadPermissions(role)))],
            [.. root.Elements("group").Select(group => new AzkabanGroup(Required(group, "name"), Names(group, "roles")))]);
    }

    private static XDocument Load(Stream xml)
    {
        // Neither entities nor documents from elsewhere: the file comes from outside.
        var settings = new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null };
        try
        {
            using var reader = XmlReader.Create(xml, settings);
            return XDocument.Load(reader, LoadOptions.SetLineInfo);
        }
        catch (XmlException e)
        {
            throw new FormatException(e.Message, e);
        }
    }

    private static AzkabanUser ReadUser(XElement user) => new(
        Required(user, "username"), Required(user, "password"), Names(user, "roles"), Names(user, "groups"), Names(user, "proxy"));

    private static Permissions ReadPermissions(XElement role)
    {
        var permissions = Permissions.None;
        foreach (var name in Names(role, "permissions"))
        {
            // Digits would parse as a value of the enumeration.
            if (!char.IsAsciiLetter(name[0]) || !Enum.TryParse<Permissions>(name, ignoreCase: true, out var permission))
                throw new FormatException($"{Place(role)}: unknown permission '{name}'.");
            permissions |= permission;
        }

        return permissions;
    }

    private static string[] Names(XElement element, string attribute)
    {
        var list = element.Attribute(attribute)?.Value ?? "";
        return [.. list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Distinct()];
    }

    private static string Required(XElement element, string attribute) => element.Attribute(attribute)?.Value is { Length: > 0 } value
        ? value
        : throw new FormatException($"{Place(element)}: <{element.Name}> has no attribute '{attribute}'.");

    private static string Place(XElement element) => $"Line {((IXmlLineInfo)element).LineNumber}";
}
