using Scheduler.Api.Azkaban.Wire;

namespace Scheduler.Api.Azkaban.Pages;

/// <summary>
/// The login page. Programs take its appearance as "the session is gone" and look for the comment, the line with the script, the
/// two classes and the two ids below, so none of them may change or appear on any other page.
/// </summary>
internal static class LoginPage
{
    public static Html Render(string? error = null) => Html.Of($"""
        <!DOCTYPE html>
        <html lang="en">
        <head>
          <meta charset="utf-8">
          <title>Scheduler login</title>
          <link rel="stylesheet" href="/css/scheduler.css">
          <script type="text/javascript" src="/js/azkaban/view/login.js"></script>
        </head>
        <body>
        <div class="container-full">
        <div class="login">
          <form id="login-form" method="post" action="/">
            <h1>Scheduler</h1>
            <div class="alert alert-danger" id="error-msg">{error}</div>
            <label for="username">Username</label>
            <input type="text" id="username" name="username" autocomplete="username" autofocus>
            <label for="password">Password</label>
            <input type="password" id="password" name="password" autocomplete="current-password">
            <button type="submit" id="login-submit">Log in</button>
          </form>
        </div><!-- /.login -->
        </div>
        </body>
        </html>

        """);
}
