using System.Text.Json.Nodes;
using Scheduler.Contracts.Users;

namespace Scheduler.Api.Azkaban;

/// <summary>Azkaban's names for permissions.</summary>
internal static class PermissionNames
{
    private static readonly (Permissions Permission, string Name)[] All =
    [
        (Permissions.Read, "READ"),
        (Permissions.Write, "WRITE"),
        (Permissions.Execute, "EXECUTE"),
        (Permissions.Schedule, "SCHEDULE"),
        (Permissions.Metrics, "METRICS"),
        (Permissions.Admin, "ADMIN"),
        (Permissions.CreateProjects, "CREATEPROJECTS"),
        (Permissions.UploadProjects, "UPLOADPROJECTS"),
    ];

    /// <summary>The name of a single permission.</summary>
    public static string NameOf(Permissions permission) => All.First(entry => entry.Permission == permission).Name;

    /// <summary>Every permission of the set itself; what <c>ADMIN</c> implies is not added.</summary>
    public static JsonArray NamesOf(Permissions permissions) =>
        [.. All.Where(entry => permissions.HasFlag(entry.Permission)).Select(entry => (JsonNode?)entry.Name)];
}
