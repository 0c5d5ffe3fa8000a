using Microsoft.AspNetCore.Http;
using Scheduler.Api.Azkaban.Login;
using Scheduler.Api.Azkaban.Wire;
using Scheduler.Contracts.Users;

namespace Scheduler.Api.Azkaban;

/// <summary>A request whose caller is known.</summary>
internal sealed record Call(HttpContext Http, Parameters Parameters, Caller Caller)
{
    public User User => Caller.User;

    /// <summary>Signalled when the client has gone.</summary>
    public CancellationToken Cancelled => Http.RequestAborted;

    /// <summary>True when another web site seems to be behind it; such a call must change nothing.</summary>
    public bool IsForged => CrossSite.IsForged(Http.Request, Caller);
}
