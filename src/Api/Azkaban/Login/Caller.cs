using Scheduler.Contracts.Users;

namespace Scheduler.Api.Azkaban.Login;

/// <summary>Who makes a request.</summary>
/// <param name="User">The user.</param>
/// <param name="SessionId">Null for credentials that came with the request and are forgotten after it.</param>
/// <param name="IsAmbient">
/// True when only a cookie says so. A browser sends it with requests that other sites cause, so it proves less than a parameter.
/// </param>
internal sealed record Caller(User User, string? SessionId = null, bool IsAmbient = false);
