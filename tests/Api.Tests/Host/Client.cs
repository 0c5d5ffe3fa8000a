using System.Text;

namespace Scheduler.Api.Tests.Host;

/// <summary>Somebody who is logged in and sends the session as a cookie.</summary>
public sealed class Client(ApiHost host, string session)
{
    public string Session => session;

    public Task<Answer> GetAsync(string address, params (string Name, string Value)[] headers) =>
        SendAsync(new(HttpMethod.Get, new Uri(address, UriKind.Relative)), headers);

    public Task<Answer> PostAsync(string address, string form = "", params (string Name, string Value)[] headers) => SendAsync(
        new(HttpMethod.Post, new Uri(address, UriKind.Relative))
        {
            Content = new StringContent(form, Encoding.UTF8, "application/x-www-form-urlencoded"),
        }, headers);

    public Task<Answer> PostAsync(string address, HttpContent content, params (string Name, string Value)[] headers) =>
        SendAsync(new(HttpMethod.Post, new Uri(address, UriKind.Relative)) { Content = content }, headers);

    private Task<Answer> SendAsync(HttpRequestMessage request, (string Name, string Value)[] headers)
    {
        request.Headers.Add("Cookie", $"azkaban.browser.session.id={session}");
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        return host.SendAsync(request);
    }
}
