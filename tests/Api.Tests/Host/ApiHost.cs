using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Scheduler.Api.Azkaban;
using Scheduler.Api.Tests.Ports;
using Scheduler.Contracts;
using Scheduler.Contracts.DataSources;
using Scheduler.Contracts.Instances;
using Scheduler.Contracts.Plugins;
using Scheduler.Contracts.Projects;
using Scheduler.Contracts.Secrets;
using Scheduler.Contracts.Users;

namespace Scheduler.Api.Tests.Host;

/// <summary>The whole HTTP surface behind a real server on a free port of the loopback address.</summary>
public sealed class ApiHost : IAsyncDisposable
{
    private readonly DirectoryInfo uploads = Directory.CreateTempSubdirectory("scheduler-api-tests-");
    private readonly HttpClient http;
    private WebApplication app = null!;

    private ApiHost()
    {
        Projects = new(Store, Clock);
        Executions = new(Store, Clock);
        Users = new(Store);
        Sessions = new(Store);
        Secrets = new(Store);
        DataSources = new(Store);
        http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });
    }

    public Switch Store { get; } = new();
    public FakeTimeProvider Clock { get; } = new(DateTimeOffset.FromUnixTimeMilliseconds(1407261317294));
    public InMemoryProjects Projects { get; }
    public InMemoryExecutions Executions { get; }
    public InMemoryUsers Users { get; }
    public InMemorySessions Sessions { get; }
    public InMemorySecrets Secrets { get; }
    public InMemoryDataSources DataSources { get; }
    public InMemoryPlugins Plugins { get; } = new();
    public Uri Address { get; private set; } = null!;

    /// <summary>Files that uploads have left behind.</summary>
    public IEnumerable<string> LeftBehind => uploads.EnumerateFiles().Select(file => file.Name);

    public static async Task<ApiHost> StartAsync(Action<AzkabanOptions>? configure = null)
    {
        var host = new ApiHost();
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(server => server.ConfigureSchedulerApi()).UseUrls("http://127.0.0.1:0");
        builder.Services.AddRouting().AddSingleton<IProjects>(host.Projects).AddSingleton<IExecutions>(host.Executions)
            .AddSingleton<IUserDirectory>(host.Users).AddSingleton<ISessions>(host.Sessions).AddSingleton<IReadiness>(host.Store)
            .AddSingleton<ISecrets>(host.Secrets).AddSingleton<IDataSources>(host.DataSources)
            .AddSingleton<INodeTypes, OneNodeType>().AddSingleton<IPlugins>(host.Plugins).AddSingleton<TimeProvider>(host.Clock)
            .AddSchedulerApi(options =>
            {
                options.UploadDirectory = host.uploads.FullName;
                configure?.Invoke(options);
            });
        builder.Logging.ClearProviders();
        host.app = builder.Build();
        host.app.MapSchedulerApi();
        await host.app.StartAsync();
        host.Address = new(host.app.Urls.First());
        return host;
    }

    /// <summary>A client with a session of its own, by cookie.</summary>
    public async Task<Client> AsAsync(string user) =>
        new(this, await Sessions.OpenAsync(Users.Get(user), "", CancellationToken.None));

    public async Task<Answer> SendAsync(HttpRequestMessage request)
    {
        request.RequestUri = new(Address, request.RequestUri!.OriginalString);
        using var response = await http.SendAsync(request);
        return await Answer.OfAsync(response);
    }

    public Task<Answer> GetAsync(string address) => SendAsync(new(HttpMethod.Get, new Uri(address, UriKind.Relative)));

    public Task<Answer> PostAsync(string address, string form = "") => SendAsync(new(HttpMethod.Post, new Uri(address, UriKind.Relative))
    {
        Content = new StringContent(form, Encoding.UTF8, "application/x-www-form-urlencoded"),
    });

    public Task<Answer> PostAsync(string address, HttpContent content) =>
        SendAsync(new(HttpMethod.Post, new Uri(address, UriKind.Relative)) { Content = content });

    /// <summary>Sends these very bytes on a connection of their own and returns all that comes back.</summary>
    public async Task<string> SendRawAsync(string request)
    {
        using var connection = new TcpClient();
        await connection.ConnectAsync(Address.Host, Address.Port);
        await using var stream = connection.GetStream();
        await stream.WriteAsync(Encoding.Latin1.GetBytes(request.ReplaceLineEndings("\r\n")));
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return await reader.ReadToEndAsync();
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await app.DisposeAsync();
        uploads.Delete(recursive: true);
    }
}
