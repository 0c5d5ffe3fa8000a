using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Scheduler.Contracts.Projects;

namespace Scheduler.Api.Azkaban.Manager;

/// <summary><c>getProxyUsers</c>, <c>addProxyUser</c> and <c>removeProxyUser</c>.</summary>
internal sealed class ProxyUsers(IProjects projects)
{
    public static Task<IResult> ListAsync(ProjectCall call)
    {
        call.Reply["proxyUsers"] = new JsonArray([.. call.Project.ProxyUsers.Select(name => (JsonNode?)name)]);
        return Task.FromResult(call.Done());
    }

    /// <summary>Nobody lends an identity they do not have, administrators included.</summary>
    public async Task<IResult> AddAsync(ProjectCall call)
    {
        var name = call.Parameters.Require("name");
        if (!call.User.MayActAs.Contains(name))
            return call.Fail($"User {call.User.Name} has no permission to add {name} as proxy user.");

        await projects.AddProxyUserAsync(call.Project.Id, name, call.User, call.Cancelled);
        return call.Done();
    }

    public async Task<IResult> RemoveAsync(ProjectCall call)
    {
        await projects.RemoveProxyUserAsync(call.Project.Id, call.Parameters.Require("name"), call.User, call.Cancelled);
        return call.Done();
    }
}
