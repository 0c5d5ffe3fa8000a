using Microsoft.Extensions.DependencyInjection;
using Scheduler.Silo.Packages;
using Scheduler.Silo.Packages.Archives;

namespace Scheduler.Silo.Hosting;

/// <summary>Registers the reader of packages and its limits: sections <c>Archives</c> and <c>Definitions</c>.</summary>
internal static class PackageServices
{
    public static IServiceCollection AddPackages(this IServiceCollection services)
    {
        services.AddOptions<ArchiveOptions>().BindConfiguration("Archives").ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<DefinitionOptions>().BindConfiguration("Definitions").ValidateDataAnnotations().ValidateOnStart();
        return services.AddNodeTypes().AddSingleton<PackageReader>();
    }
}
