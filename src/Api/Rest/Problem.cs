using Microsoft.AspNetCore.Http;
using Scheduler.Contracts.Secrets;

namespace Scheduler.Api.Rest;

/// <summary>Answers to what could not be done: problem details (RFC 9457) with a stable code, and every reason on its own.</summary>
internal static class Problem
{
    public static IResult Of(int status, Fault fault) => Of(status, [fault]);

    /// <param name="status">HTTP status.</param>
    /// <param name="faults">At least one; the first gives the code.</param>
    public static IResult Of(int status, IReadOnlyList<Fault> faults) => Results.Problem(
        statusCode: status, detail: string.Join(' ', faults.Select(fault => fault.Message)),
        extensions: new Dictionary<string, object?> { ["code"] = faults[0].Code, ["errors"] = faults });
}
