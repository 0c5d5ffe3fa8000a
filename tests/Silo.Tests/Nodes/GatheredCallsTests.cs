using Scheduler.Silo.Nodes;

namespace Scheduler.Silo.Tests.Nodes;

/// <summary>What comes while a call is in flight goes with the next one, in order, and each caller gets his own answer.</summary>
public sealed class GatheredCallsTests : IDisposable
{
    private readonly SemaphoreSlim sent = new(0);
    private readonly Lock gate = new();
    private readonly List<(string Place, int[] Items)> calls = [];
    private readonly List<TaskCompletionSource> replies = [];
    private readonly GatheredCalls<string, int, int> gathered;

    public GatheredCallsTests() => gathered = new(async (place, items) =>
    {
        var reply = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (gate)
        {
            calls.Add((place, [.. items]));
            replies.Add(reply);
        }

        sent.Release();
        await reply.Task;
        return [.. items.Select(item => item * 10)];
    });

    public void Dispose() => sent.Dispose();

    [Fact]
    public async Task What_comes_during_a_call_goes_together_with_the_next()
    {
        var first = gathered.CallAsync("a", 1);
        await sent.WaitAsync();
        Task<int>[] later = [gathered.CallAsync("a", 2), gathered.CallAsync("a", 3)];
        replies[0].SetResult();
        Assert.Equal(10, await first);

        await sent.WaitAsync();
        replies[1].SetResult();
        var answers = await Task.WhenAll(later);
        Assert.Equal([20, 30], answers);
        Assert.Equal([2, 3], calls[1].Items);
        Assert.Equal(2, calls.Count);
    }

    [Fact]
    public async Task Places_do_not_wait_for_each_other()
    {
        var (first, second) = (gathered.CallAsync("a", 1), gathered.CallAsync("b", 2));
        await sent.WaitAsync();
        await sent.WaitAsync();

        foreach (var reply in replies) reply.SetResult();
        Assert.Equal((10, 20), (await first, await second));
    }

    [Fact]
    public async Task A_failed_call_fails_for_those_who_went_with_it_and_the_next_one_goes_on()
    {
        var first = gathered.CallAsync("a", 1);
        await sent.WaitAsync();
        var later = gathered.CallAsync("a", 2);
        replies[0].SetException(new TimeoutException());
        await Assert.ThrowsAsync<TimeoutException>(() => first);

        await sent.WaitAsync();
        replies[1].SetResult();
        Assert.Equal(20, await later);
    }

    [Fact]
    public async Task Calls_stay_small_in_a_rush()
    {
        var first = gathered.CallAsync("a", 0);
        await sent.WaitAsync();
        var rush = Enumerable.Range(1, 1_500).Select(item => gathered.CallAsync("a", item)).ToList();
        replies[0].SetResult();
        await first;
        for (var call = 1; call <= 2; call++)
        {
            await sent.WaitAsync();
            replies[call].SetResult();
        }

        var answers = await Task.WhenAll(rush);
        Assert.Equal(Enumerable.Range(1, 1_500).Select(item => item * 10), answers);
        Assert.Equal([1, 1_000, 500], calls.Select(call => call.Items.Length));
    }
}
