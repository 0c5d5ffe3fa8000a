using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Scheduler.Api.Azkaban.Login;
using Scheduler.Api.Azkaban.Pages;
using Scheduler.Api.Azkaban.Wire;
using Scheduler.Contracts;

namespace Scheduler.Api.Azkaban;

/// <summary>
/// Takes every request that no other endpoint serves, finds out who makes it in the order in which Azkaban does, and hands it to
/// the servlet of its route. Nothing behind it runs without a caller.
/// </summary>
internal sealed partial class AzkabanFacade(
    Routes routes, StatusReport status, Sessions sessions, Authentication authentication, MultipartSpooler spooler,
    IOptions<AzkabanOptions> options, ILogger<AzkabanFacade> logger)
{
    /// <summary>Seconds after which a client shall try again when the store is away.</summary>
    private const string RetryAfter = "5";

    public async Task InvokeAsync(HttpContext http)
    {
        SecurityHeaders.Add(http.Response);
        try
        {
            await (await AnswerOrExplainAsync(http)).ExecuteAsync(http);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // Nobody is left to answer.
        }
    }

    private async Task<IResult> AnswerOrExplainAsync(HttpContext http)
    {
        try
        {
            return await AnswerAsync(http);
        }
        catch (ParameterException exception)
        {
            return ErrorPage.Of(exception.StatusCode, exception.Message);
        }
        catch (BadHttpRequestException exception)
        {
            return ErrorPage.Of(exception.StatusCode, exception.Message);
        }
        catch (StorageUnavailableException exception)
        {
            LogUnavailable(exception, http.Request.Path);
            http.Response.Headers.RetryAfter = RetryAfter;
            return Reply.Json(
                new() { ["error"] = "The store cannot be reached. Please try again." }, StatusCodes.Status503ServiceUnavailable);
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !http.RequestAborted.IsCancellationRequested)
        {
            // What went wrong inside is for the operator's log; the client learns only that it did.
            LogFailed(exception, http.Request.Path);
            return ErrorPage.Of(StatusCodes.Status500InternalServerError, "Internal error.");
        }
    }

    private Task<IResult> AnswerAsync(HttpContext http)
    {
        var path = http.Request.Path.Value ?? "/";
        var (reads, posts) = (HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method),
            HttpMethods.IsPost(http.Request.Method));
        return path switch
        {
            "/status" => reads ? status.AnswerAsync(http) : NotAllowedAsync(http, "GET, HEAD"),
            _ when reads && Assets.Find(path) is { } asset => Task.FromResult(asset),
            _ when reads => AnswerGetAsync(http, routes.Find(path)),
            _ when posts && RequestBody.IsMultipart(http.Request) => AnswerMultipartAsync(http, routes.Find(path)),
            _ when posts => AnswerPostAsync(http, routes.Find(path)),
            _ => NotAllowedAsync(http, "GET, HEAD, POST"),
        };
    }

    private async Task<IResult> AnswerGetAsync(HttpContext http, Servlet servlet)
    {
        var parameters = Parameters.Parse(http.Request.QueryString.Value);
        var caller = await sessions.FindAsync(http.Request, parameters.Find(Sessions.Parameter));
        if (parameters.Has("logout"))
        {
            if (caller is not null) await sessions.CloseAsync(caller, http.RequestAborted);
            return Reply.Redirect("/");
        }

        return caller is null ? SessionLost.OnGet(parameters) : await servlet.GetAsync(new(http, parameters, caller));
    }

    private async Task<IResult> AnswerPostAsync(HttpContext http, Servlet servlet)
    {
        if (HasPasswordInQuery(http.Request)) return SessionLost.OnPasswordInQuery();

        var body = await RequestBody.ReadFormAsync(http.Request, options.Value.MaxFormBytes, http.RequestAborted);
        var parameters = Parameters.Parse(http.Request.QueryString.Value, body);
        if (parameters.Find("action") == "login") return await authentication.LogInAsync(http, parameters);

        var caller = await sessions.FindAsync(http.Request, parameters.Find(Sessions.Parameter));
        if (caller is null && Authentication.HasCredentials(parameters))
        {
            var (user, fault) = await authentication.CheckAsync(http, parameters);
            if (user is null) return SessionLost.OnBadCredentials(fault);
            caller = new(user);
        }

        return caller is null ? SessionLost.OnPost(http.Request) : await servlet.PostAsync(new(http, parameters, caller));
    }

    private async Task<IResult> AnswerMultipartAsync(HttpContext http, Servlet servlet)
    {
        if (HasPasswordInQuery(http.Request)) return SessionLost.OnPasswordInQuery();

        using var form = await spooler.ReadAsync(http.Request, http.RequestAborted);
        var named = Parameters.Parse(http.Request.QueryString.Value).Find(Sessions.Parameter);
        var caller = await sessions.FindAsync(http.Request, named)
            ?? await sessions.FindAsync(http.Request, form.Fields.Find(Sessions.Parameter));
        if (caller is null && Authentication.HasCredentials(form.Fields))
        {
            var (user, fault) = await authentication.CheckAsync(http, form.Fields);
            if (user is null) return SessionLost.OnBadCredentials(fault);
            caller = new(user);
        }

        return caller is null ? SessionLost.OnMultipart() : await servlet.PostMultipartAsync(new(http, form.Fields, caller), form);
    }

    private static bool HasPasswordInQuery(HttpRequest request) =>
        request.QueryString.Value?.Contains("password=", StringComparison.Ordinal) == true;

    private static Task<IResult> NotAllowedAsync(HttpContext http, string allowed)
    {
        http.Response.Headers.Allow = allowed;
        return Task.FromResult(ErrorPage.Of(StatusCodes.Status405MethodNotAllowed, "The method is not supported here."));
    }
}
