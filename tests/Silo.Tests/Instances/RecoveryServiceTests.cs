using System.Reflection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Scheduler.Contracts.Instances;
using Scheduler.Silo.Hosting;
using Scheduler.Silo.Instances;
using Scheduler.Silo.Storage.Journal;
using Scheduler.Silo.Tests.Hosting;
using Scheduler.Testing;

namespace Scheduler.Silo.Tests.Instances;

public sealed class RecoveryServiceTests
{
    private const long Execution = 7;

    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(50);

    private readonly FakeTimeProvider clock = new();
    private readonly FakeCluster cluster = new();

    /// <summary>Executions still to be taken over, in the order of the calls the answer to each.</summary>
    private readonly Queue<Task> answers = new();
    private bool isAbandoned = true;

    [Fact]
    public async Task A_takeover_that_fails_or_gets_no_answer_is_soon_tried_again()
    {
        cluster.Add(1);
        answers.Enqueue(Task.FromException(new TimeoutException("its silo has just died")));
        answers.Enqueue(new TaskCompletionSource().Task);
        answers.Enqueue(Task.CompletedTask);
        var begun = clock.GetUtcNow();

        using var recovery = Recovery();
        await recovery.StartAsync(CancellationToken.None);
        await Eventually.TrueAsync(
            () =>
            {
                if (isAbandoned) clock.Advance(Step);
                return !isAbandoned;
            },
            TimeSpan.FromSeconds(30));
        await recovery.StopAsync(CancellationToken.None);

        Assert.Empty(answers);
        Assert.InRange(clock.GetUtcNow() - begun, TimeSpan.FromSeconds(2), new EngineOptions().RecoverySweepDelay / 2);
    }

    private RecoveryService Recovery() => new(
        cluster, cluster.Look(), new DeadSilos(cluster, Options.Create(new MembershipOptions()), clock), Fake<IJournal>(method => method.Name switch
        {
            nameof(IJournal.FindAbandonedAsync) => Task.FromResult<IReadOnlyList<long>>(isAbandoned ? [Execution] : []),
            _ => throw new NotSupportedException(method.Name),
        }),
        Fake<IGrainFactory>(_ => Fake<IWorkflowInstanceGrain>(_ => Answer())), new LocalInstances(), new SiloIdentity(cluster),
        Options.Create(new EngineOptions()), clock, NullLogger<RecoveryService>.Instance);

    private Task Answer()
    {
        var answer = answers.Dequeue();
        isAbandoned = !answer.IsCompletedSuccessfully;
        return answer;
    }

    private static T Fake<T>(Func<MethodInfo, object> answer)
        where T : class
    {
        var fake = DispatchProxy.Create<T, Answers>();
        ((Answers)(object)fake).Answer = answer;
        return fake;
    }

    /// <summary>The runtime derives from it.</summary>
    public class Answers : DispatchProxy
    {
        public Func<MethodInfo, object> Answer { get; set; } = null!;

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => Answer(targetMethod!);
    }
}
