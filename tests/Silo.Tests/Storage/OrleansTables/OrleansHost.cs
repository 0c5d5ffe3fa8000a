using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;
using Orleans.Storage;

namespace Scheduler.Silo.Tests.Storage.OrleansTables;

/// <summary>A silo without grains of ours, on the given database: Orleans itself reads and runs the query texts.</summary>
internal sealed class OrleansHost : IAsyncDisposable
{
    private readonly IHost host;

    private OrleansHost(IHost host) => this.host = host;

    public IServiceProvider Services => host.Services;

    public IGrainStorage Storage => Services.GetRequiredKeyedService<IGrainStorage>("Default");

    /// <param name="configure">Gets a silo port and a gateway port.</param>
    /// <param name="deleteOnClear">Whether clearing removes the row.</param>
    /// <param name="storage">Says where grain storage is.</param>
    public static async Task<OrleansHost> StartAsync(
        Action<ISiloBuilder, int, int> configure, bool deleteOnClear, Action<AdoNetGrainStorageOptions> storage)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Logging.SetMinimumLevel(LogLevel.None);
        builder.UseOrleans(silo =>
        {
            configure(silo, FreePort(), FreePort());
            silo.AddAdoNetGrainStorageAsDefault(options =>
            {
                options.DeleteStateOnClear = deleteOnClear;
                storage(options);
            });
        });
        var host = builder.Build();
        await host.StartAsync();
        return new OrleansHost(host);
    }

    public async ValueTask DisposeAsync()
    {
        await host.StopAsync();
        host.Dispose();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
