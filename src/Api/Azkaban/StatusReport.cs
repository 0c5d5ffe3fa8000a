using System.Reflection;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Scheduler.Api.Azkaban.Wire;
using Scheduler.Contracts;

namespace Scheduler.Api.Azkaban;

/// <summary>The route <c>/status</c>, open to all. Azkaban's executors are the processes of the cluster; each reports itself.</summary>
/// <remarks>The installation path stays empty: who has not logged in need not know where the server lives.</remarks>
internal sealed class StatusReport(IReadiness readiness)
{
    /// <summary>Without the commit that the build puts behind it.</summary>
    private static readonly string Version = Assembly.GetExecutingAssembly()
        .GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "";

    public async Task<IResult> AnswerAsync(HttpContext http)
    {
        var isReady = await readiness.FindObstacleAsync(http.RequestAborted) is null;
        return new JsonReply(
            new()
            {
                ["version"] = Version,
                ["pid"] = Environment.ProcessId.ToString(),
                ["installationPath"] = "",
                ["usedMemory"] = GC.GetTotalMemory(forceFullCollection: false),
                ["xmx"] = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes,
                ["isDatabaseUp"] = isReady,
                ["executorStatusMap"] = new JsonObject
                {
                    ["1"] = new JsonObject
                    {
                        ["id"] = 1,
                        ["host"] = Environment.MachineName,
                        ["port"] = http.Connection.LocalPort,
                        ["isActive"] = isReady,
                    },
                },
            },
            Pretty: true, "application/json", Ending: "\r\n");
    }
}
