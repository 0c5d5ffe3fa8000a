using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Scheduler.Contracts.Projects;
using Scheduler.Silo.Hosting;
using Scheduler.Silo.Packages.Archives;
using Scheduler.Silo.Projects;
using Scheduler.Silo.Storage;
using Scheduler.Silo.Storage.Content;

namespace Scheduler.Silo.Tests.Projects;

/// <summary>What one server process knows about projects, put together by the production code.</summary>
internal sealed class ProjectServer : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("scheduler-test-");
    private readonly ServiceProvider services;

    public ProjectServer(IDatabase database, IContentStore content, TimeProvider clock)
    {
        services = new ServiceCollection()
            .AddSingleton<IConfiguration>(new ConfigurationBuilder().Build())
            .AddSingleton(database).AddSingleton(content).AddSingleton(clock)
            .AddPackages().AddProjects()
            .Configure<ArchiveOptions>(archives => archives.WorkFolder = UnpackFolder)
            .Configure<ProjectOptions>(projects => projects.ConcurrentUploads = 8)
            .BuildServiceProvider();
        Directory.CreateDirectory(UnpackFolder);
    }

    public IProjects Projects => services.GetRequiredService<IProjects>();

    /// <summary>Empty whenever no upload is under way.</summary>
    public string UnpackFolder => Path.Combine(folder.FullName, "unpack");

    /// <summary>Puts an archive where it can be uploaded from.</summary>
    public string Save(byte[] archive)
    {
        var path = Path.Combine(folder.FullName, $"{Guid.NewGuid():N}.zip");
        File.WriteAllBytes(path, archive);
        return path;
    }

    public void Dispose()
    {
        services.Dispose();
        folder.Delete(recursive: true);
    }
}
