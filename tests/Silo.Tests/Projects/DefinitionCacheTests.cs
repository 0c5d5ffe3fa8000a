using Microsoft.Extensions.Options;
using Scheduler.Contracts.Definitions;
using Scheduler.Silo.Projects;

namespace Scheduler.Silo.Tests.Projects;

public sealed class DefinitionCacheTests : IDisposable
{
    private static readonly DefinitionCache.Key One = new(1, 1);

    private readonly DefinitionCache cache = new(Options.Create(new ProjectOptions { DefinitionCacheBytes = 1_000 }));
    private int loads;

    public void Dispose() => cache.Dispose();

    [Fact]
    public async Task A_version_is_loaded_once_however_many_ask_at_once()
    {
        var gate = new TaskCompletionSource();
        var asking = Enumerable.Range(0, 50).Select(_ => GetAsync(One, after: gate.Task)).ToList();
        gate.SetResult();

        var answers = await Task.WhenAll(asking);

        Assert.All(answers, answer => Assert.Same(answers[0], answer));
        Assert.Same(answers[0], await GetAsync(One));
        Assert.Equal(1, loads);
    }

    [Fact]
    public async Task A_failed_load_is_tried_again_by_the_next_caller()
    {
        await Assert.ThrowsAsync<IOException>(() => GetAsync(One, after: Task.FromException(new IOException())));

        Assert.NotNull(await GetAsync(One));
    }

    [Fact]
    public async Task A_caller_that_gives_up_does_not_spoil_it_for_the_others()
    {
        var gate = new TaskCompletionSource();
        using var impatient = new CancellationTokenSource();
        var first = cache.GetAsync(One, () => LoadAsync(gate.Task, 10), impatient.Token).AsTask();
        var second = GetAsync(One, after: gate.Task);

        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        gate.SetResult();

        Assert.NotNull(await second);
        Assert.Equal(1, loads);
    }

    [Fact]
    public async Task A_definition_larger_than_the_bound_is_served_but_not_kept()
    {
        await GetAsync(One, bytes: 2_000);
        await GetAsync(One, bytes: 2_000);

        Assert.Equal(2, loads);
    }

    private Task<PackageDefinition> GetAsync(DefinitionCache.Key key, Task? after = null, long bytes = 10) =>
        cache.GetAsync(key, () => LoadAsync(after ?? Task.CompletedTask, bytes), CancellationToken.None).AsTask();

    private async Task<DefinitionCache.Loaded> LoadAsync(Task after, long bytes)
    {
        await after;
        Interlocked.Increment(ref loads);
        return new(new PackageDefinition { Format = PackageFormat.Flow2, Workflows = [] }, bytes);
    }
}
