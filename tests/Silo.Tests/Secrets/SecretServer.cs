using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Scheduler.Contracts.DataSources;
using Scheduler.Contracts.Plugins;
using Scheduler.Contracts.Secrets;
using Scheduler.Silo.Nodes.Credentials;
using Scheduler.Silo.Secrets;
using Scheduler.Silo.Storage;

namespace Scheduler.Silo.Tests.Secrets;

/// <summary>What one server process knows about secrets and data sources, put together by the production code.</summary>
internal sealed class SecretServer : IDisposable
{
    private readonly ServiceProvider services;

    public SecretServer(IDatabase database, Action<SecretOptions>? configure = null) => services = new ServiceCollection()
        .AddSingleton<IConfiguration>(new ConfigurationBuilder().Build())
        .AddSingleton(database).AddSingleton(TimeProvider.System)
        .AddSecrets().AddSingleton<IDataSourceProbe>(Probe).AddSingleton<CredentialLookup>()
        .Configure(configure ?? (_ => { }))
        .BuildServiceProvider();

    public ProbeDouble Probe { get; } = new();

    public ISecrets Secrets => services.GetRequiredService<ISecrets>();

    public IDataSources Sources => services.GetRequiredService<IDataSources>();

    public SecretProtection Protection => services.GetRequiredService<SecretProtection>();

    public CredentialLookup Lookup => services.GetRequiredService<CredentialLookup>();

    public void Dispose() => services.Dispose();

    /// <summary>Says what it is told to, and remembers what it was asked to open.</summary>
    internal sealed class ProbeDouble : IDataSourceProbe
    {
        public Func<DataSource, Task<string?>> Answer { get; set; } = _ => Task.FromResult<string?>(null);

        public Task<string?> TestAsync(DataSource source, CancellationToken cancellationToken) => Answer(source);
    }
}
