using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Scheduler.Contracts.DataSources;
using Scheduler.Contracts.Secrets;
using Scheduler.Plugins.DataSources;
using Scheduler.Silo.DataSources;
using Scheduler.Silo.Storage.DataSources;
using Scheduler.Silo.Storage.Secrets;

namespace Scheduler.Silo.Secrets;

/// <summary>Wires secrets and data sources. Needs <see cref="Storage.IDatabase"/> and <see cref="TimeProvider"/>.</summary>
internal static class SecretServices
{
    public static IServiceCollection AddSecrets(this IServiceCollection services)
    {
        services.AddOptions<SecretOptions>().BindConfiguration(SecretOptions.Section).ValidateDataAnnotations().ValidateOnStart();

        return services
            .AddSingleton<IValidateOptions<SecretOptions>, SecretOptionsValidator>()
            .AddSingleton<IXmlRepository, KeyRingTable>()
            .AddSingleton<SecretProtection>()
            .AddSingleton<SecretStore>()
            .AddSingleton<DataSourceStore>()
            .AddSingleton<IDataSourceProbe, DataSourceProbe>()
            .AddSingleton<ISecrets, SecretAdministration>()
            .AddSingleton<IDataSources, DataSourceAdministration>();
    }
}
