using Scheduler.Silo.Storage;

namespace Scheduler.Silo.Tests.Storage;

/// <summary>A burst of questions costs few reads, and no answer is older than its question.</summary>
public sealed class SharedReadsTests : IDisposable
{
    private readonly List<TaskCompletionSource<int>> reads = [];
    private readonly SharedReads<string, int> shared;
    private readonly SemaphoreSlim begun = new(0);

    public SharedReadsTests() => shared = new SharedReads<string, int>(_ =>
    {
        var read = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        reads.Add(read);
        begun.Release();
        return read.Task;
    });

    public void Dispose() => begun.Dispose();

    [Fact]
    public async Task Those_who_come_during_a_read_share_the_next_one()
    {
        var first = Ask();
        await begun.WaitAsync();
        Task<int>[] later = [Ask(), Ask(), Ask()];

        reads[0].SetResult(1);
        Assert.Equal(1, await first);
        await begun.WaitAsync();
        Assert.All(later, task => Assert.False(task.IsCompleted));

        reads[1].SetResult(2);
        var answers = await Task.WhenAll(later);
        Assert.Equal([2, 2, 2], answers);
        Assert.Equal(2, reads.Count);
    }

    [Fact]
    public async Task A_failure_goes_to_those_who_waited_for_it_and_to_nobody_else()
    {
        var first = Ask();
        await begun.WaitAsync();
        var later = Ask();

        reads[0].SetException(new TimeoutException());
        await Assert.ThrowsAsync<TimeoutException>(() => first);
        await begun.WaitAsync();
        reads[1].SetResult(5);
        Assert.Equal(5, await later);
    }

    [Fact]
    public async Task Who_gives_up_leaves_the_read_to_the_others()
    {
        using var patience = new CancellationTokenSource();
        var impatient = shared.ReadAsync("key", patience.Token);
        await begun.WaitAsync();
        await patience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => impatient);

        var next = Ask();
        reads[0].SetResult(1);
        await begun.WaitAsync();
        reads[1].SetResult(2);
        Assert.Equal(2, await next);
    }

    private Task<int> Ask() => shared.ReadAsync("key", CancellationToken.None);
}
