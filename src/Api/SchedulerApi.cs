using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Scheduler.Api.Azkaban;
using Scheduler.Api.Azkaban.Executor;
using Scheduler.Api.Azkaban.Index;
using Scheduler.Api.Azkaban.Login;
using Scheduler.Api.Azkaban.Manager;
using Scheduler.Api.Azkaban.Wire;
using Scheduler.Api.DataSources;
using Scheduler.Api.Health;
using Scheduler.Api.Nodes;
using Scheduler.Api.Plugins;
using Scheduler.Api.Rest;
using Scheduler.Api.Secrets;

namespace Scheduler.Api;

/// <summary>Puts the HTTP surface into a host.</summary>
/// <remarks>
/// The host registers the ports of Contracts as singletons: <c>IProjects</c>, <c>IExecutions</c>, <c>IUserDirectory</c>,
/// <c>ISessions</c>, <c>ISecrets</c>, <c>IDataSources</c>, <c>INodeTypes</c>, <c>IPlugins</c> and <c>IReadiness</c>.
/// </remarks>
public static class SchedulerApi
{
    /// <summary>What old clients put into the address and the headers of a request, in bytes.</summary>
    private const int MaxHeadBytes = 10 << 20;

    /// <param name="services">The host's services.</param>
    /// <param name="configure">Runs after the configuration section has been read.</param>
    public static IServiceCollection AddSchedulerApi(this IServiceCollection services, Action<AzkabanOptions>? configure = null)
    {
        services.AddOptions<AzkabanOptions>()
            .BindConfiguration(AzkabanOptions.Section)
            .Configure(configure ?? (_ => { }))
            .ValidateDataAnnotations()
            .ValidateOnStart();
        services.AddSingleton<IValidateOptions<AzkabanOptions>, AzkabanOptionsValidator>();
        services.AddOptions<ForwardedHeadersOptions>().Configure<IOptions<AzkabanOptions>>(TrustProxies);
        services.TryAddSingleton(TimeProvider.System);
        return services.AddAzkaban().AddSingleton<RestGate>();
    }

    /// <summary>Maps every endpoint, and the facade behind them: it answers each path that nothing else does.</summary>
    public static void MapSchedulerApi(this WebApplication app)
    {
        app.UseForwardedHeaders();
        app.MapHealth();
        var api = app.MapRest();
        api.MapSecrets();
        api.MapDataSources();
        api.MapNodeTypes();
        api.MapPlugins();
        var facade = app.Services.GetRequiredService<AzkabanFacade>();
        app.MapFallback("/{**path}", facade.InvokeAsync);
    }

    /// <summary>Maps only what a supervisor asks: all that a process answers which is there to run executions.</summary>
    public static void MapSchedulerHealth(this WebApplication app) => app.MapHealth();

    /// <summary>Lets in what scripted clients of Azkaban send; the limits of the body are set for each request.</summary>
    public static void ConfigureSchedulerApi(this KestrelServerOptions server)
    {
        server.AddServerHeader = false;
        server.Limits.MaxRequestLineSize = MaxHeadBytes;
        server.Limits.MaxRequestHeadersTotalSize = MaxHeadBytes;
        server.Limits.MaxRequestBufferSize = MaxHeadBytes;
    }

    private static IServiceCollection AddAzkaban(this IServiceCollection services) => services
        .AddSingleton<AzkabanFacade>().AddSingleton<Routes>().AddSingleton<StatusReport>().AddSingleton<NewestPackage>()
        .AddSingleton<MultipartSpooler>().AddSingleton<Sessions>().AddSingleton<Authentication>()
        .AddSingleton<IndexServlet>()
        .AddSingleton<ManagerServlet>().AddSingleton<ManagerVerbs>().AddSingleton<CreateProject>().AddSingleton<DeleteProject>()
        .AddSingleton<Upload>().AddSingleton<UploadGate>().AddSingleton<Download>().AddSingleton<ProjectPage>()
        .AddSingleton<FlowList>().AddSingleton<FlowGraph>().AddSingleton<FlowJobs>().AddSingleton<JobProperties>()
        .AddSingleton<FlowExecutions>().AddSingleton<ProjectSettings>().AddSingleton<ProjectPermissions>().AddSingleton<ProxyUsers>()
        .AddSingleton<ProjectLogs>()
        .AddSingleton<ExecutorServlet>().AddSingleton<ExecutorVerbs>().AddSingleton<ExecutionReader>()
        .AddSingleton<ExecutionControl>().AddSingleton<ExecutionLogs>().AddSingleton<ExecutionInfo>().AddSingleton<WorkflowInfo>()
        .AddSingleton<ExecuteFlow>().AddSingleton<ExecutionsPage>().AddSingleton<ExecutionPage>();

    private static void TrustProxies(ForwardedHeadersOptions forwarded, IOptions<AzkabanOptions> options)
    {
        forwarded.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedHost;
        foreach (var proxy in options.Value.TrustedProxies)
            if (TrustedProxy.TryParse(proxy, out var network))
                forwarded.KnownIPNetworks.Add(network);
    }
}
