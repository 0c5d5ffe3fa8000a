using Microsoft.Extensions.DependencyInjection;
using Scheduler.Contracts.Projects;
using Scheduler.Silo.Storage.Projects;

namespace Scheduler.Silo.Projects;

/// <summary>
/// Wires everything about projects. Needs <see cref="Storage.IDatabase"/>, <see cref="Storage.Content.IContentStore"/>,
/// <see cref="Packages.PackageReader"/> and <see cref="TimeProvider"/>.
/// </summary>
internal static class ProjectServices
{
    public static IServiceCollection AddProjects(this IServiceCollection services)
    {
        services.AddOptions<ProjectOptions>().BindConfiguration(ProjectOptions.Section).ValidateDataAnnotations().ValidateOnStart();

        return services
            .AddSingleton<ProjectStore>()
            .AddSingleton<ProjectReader>()
            .AddSingleton<ProjectEvents>()
            .AddSingleton<PackageVersionStore>()
            .AddSingleton<DefinitionCache>()
            .AddSingleton<PackageContent>()
            .AddSingleton<PackageLibrary>()
            .AddSingleton<PackagePublisher>()
            .AddSingleton<IProjects, ProjectService>();
    }
}
