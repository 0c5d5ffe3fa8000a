using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Scheduler.Api.Azkaban.Wire;

namespace Scheduler.Api.Azkaban.Pages;

/// <summary>The page for requests that end with an HTTP error, where Azkaban's server prints the exception.</summary>
internal static class ErrorPage
{
    public static IResult Of(int statusCode, string message) => Reply.Page(
        Html.Of($"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
              <meta charset="utf-8">
              <title>Error {statusCode}</title>
            </head>
            <body>
            <h2>HTTP ERROR {statusCode} {ReasonPhrases.GetReasonPhrase(statusCode)}</h2>
            <pre>{message}</pre>
            </body>
            </html>

            """),
        statusCode);
}
