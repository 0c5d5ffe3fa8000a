using Scheduler.Api.Azkaban.Wire;

namespace Scheduler.Api.Azkaban.Pages;

/// <summary>What every page for a logged-in user has around its content, above all the message of the last action.</summary>
internal static class Layout
{
    public static Html Render(Call call, string title, Html content) => Html.Of($"""
        <!DOCTYPE html>
        <html lang="en">
        <head>
          <meta charset="utf-8">
          <title>{title}</title>
          <link rel="stylesheet" href="/css/scheduler.css">
        </head>
        <body>
        <nav>
          <a href="/index">Projects</a>
          <a href="/executor">Executing</a>
          <span class="user">{call.User.Name}</span>
          <a href="/?logout">Log out</a>
        </nav>
        {Alert(Flash.Take(call.Http))}
        <h1>{title}</h1>
        {content}
        </body>
        </html>

        """);

    /// <summary>A page that only says what is wrong.</summary>
    public static Html Problem(Call call, string message) =>
        Render(call, "Scheduler", Html.Of($"""<div class="alert alert-danger">{message}</div>"""));

    private static Html Alert(Flash? flash) => flash is null
        ? Html.Empty
        : Html.Of($"""<div class="alert {ClassOf(flash.Kind)}">{WithLineBreaks(flash.Text)}</div>""");

    /// <summary>Messages of validators hold line breaks; no other markup survives.</summary>
    private static Html WithLineBreaks(string text) => Html.Join(text.Split("<br>").Select((line, index) =>
        index == 0 ? Html.Of($"{line}") : Html.Of($"<br>{line}")));

    private static string ClassOf(FlashKind kind) => kind switch
    {
        FlashKind.Failure => "alert-danger",
        FlashKind.Warn => "alert-warning",
        _ => "alert-success",
    };
}
