using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Scheduler.Contracts.Instances;
using Scheduler.Contracts.Projects;
using Scheduler.Contracts.Users;
using Scheduler.Silo.Hosting;
using Scheduler.Testing;

namespace Scheduler.Examples.Tests;

/// <summary>The real server, embedded, inside the test process.</summary>
public sealed class ExampleServer : IAsyncLifetime
{
    private static readonly User Author = new("author", [], Permissions.Admin, []);

    private readonly string data = Directory.CreateTempSubdirectory("scheduler-examples-").FullName;
    private WebApplication app = null!;

    public IExecutions Executions => app.Services.GetRequiredService<IExecutions>();

    private IProjects Projects => app.Services.GetRequiredService<IProjects>();

    public async Task InitializeAsync()
    {
        app = SchedulerHost.Build(new Dictionary<string, string?>
        {
            [$"{SchedulerOptions.Section}:{nameof(SchedulerOptions.Data)}"] = data,
            [$"{SchedulerOptions.Section}:{nameof(SchedulerOptions.Urls)}"] = "http://127.0.0.1:0",
            ["ADMIN_PASSWORD"] = SchedulerServer.Password,
        });
        await SchedulerHost.PrepareAsync(app.Services, CancellationToken.None);
        await app.StartAsync();
    }

    /// <summary>Uploads an example into a fresh project and runs its workflow to its end.</summary>
    internal async Task<ExecutionView> RunAsync(string example, string workflow, ExpectedRun run)
    {
        var project = await Projects.CreateAsync($"p{Guid.NewGuid():N}", example, Author, CancellationToken.None);
        var zip = Path.Combine(data, $"{project!.Id}.zip");
        await File.WriteAllBytesAsync(zip, Zip.OfFolder(Path.Combine(Repository.Examples, example), "README.md", "expected.json"));
        var upload = await Projects.UploadAsync(project.Id, "example.zip", zip, Author, CancellationToken.None);
        Assert.IsType<UploadResult.Accepted>(upload);

        var options = new ExecutionOptions
        {
            Parameters = run.Parameters ?? new Dictionary<string, string>(),
            Disabled = [.. (run.Disabled ?? []).Select(name => new DisabledNode(name))],
        };
        var request = new ExecutionRequest(project.Id, workflow, null, Author.Name, Initiator.Person, options);
        var submitted = Assert.IsType<SubmitResult.Accepted>(await Executions.SubmitAsync(request, CancellationToken.None));
        await Eventually.TrueAsync(
            async () => (await Executions.FindAsync(submitted.ExecutionId, CancellationToken.None))!.Status.IsTerminal(), TimeSpan.FromMinutes(2));
        return (await Executions.GetAsync(submitted.ExecutionId, CancellationToken.None))!;
    }

    public async Task DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
        Directory.Delete(data, recursive: true);
    }
}
