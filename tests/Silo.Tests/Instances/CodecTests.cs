using CsCheck;
using Scheduler.Contracts.Instances;
using Scheduler.Contracts.Nodes;
using Scheduler.Silo.Instances;

namespace Scheduler.Silo.Tests.Instances;

/// <summary>Journal rows and snapshots outlive every version of the program that wrote them.</summary>
public sealed class CodecTests
{
    private const long At = 1_772_366_400_000;

    private static readonly Gen<string?> Text =
        Gen.OneOf(Gen.Const((string?)null), Gen.String.Select(text => (string?)WithoutLoneSurrogates(text)));

    private static readonly Gen<ExecutionEvent> Event = Gen.Select(
        Gen.Enum<EventKind>(), Gen.Int[0, 100_000], Gen.Int[1, 500], Gen.Long[-5_000, 100_000_000], Text, Text, Gen.Int[0, 1_000])
        .Select((kind, node, attempt, passed, code, text, pick) => Make(kind, At + passed, node, attempt, code, text, pick));

    [Fact]
    public void Rows_come_back_as_they_were()
    {
        Event.List[1, 50].Sample(events =>
        {
            var back = ExecutionCodec.DecodeRow(ExecutionCodec.EncodeRow(events));
            Assert.Equal(events.Select(Describe), back.Select(Describe));
        });
    }

    [Fact]
    public void The_bytes_of_every_kind_of_event_are_those_of_the_committed_baseline()
    {
        var lines = Enum.GetValues<EventKind>().Select(kind => $"{kind}: {Hex(ExecutionCodec.EncodeRow(Examples(kind)))}");

        Baseline.Check("execution-row-v1.txt", lines);
    }

    [Fact]
    public void The_bytes_of_a_snapshot_are_those_of_the_committed_baseline()
    {
        Baseline.Check("execution-snapshot-v1.txt", [Hex(ExecutionCodec.EncodeSnapshot(Snapshotted.Machine.State))]);
        Baseline.Check("execution-snapshot-v2.txt", TimedOut.Select(instance => Hex(ExecutionCodec.EncodeSnapshot(instance.Machine.State))));
        Baseline.Check("execution-snapshot-v3.txt", [Hex(ExecutionCodec.EncodeSnapshot(Slept.Machine.State))]);
    }

    [Fact]
    public void Old_rows_and_snapshots_can_still_be_read()
    {
        foreach (var line in Baseline.Lines("execution-row-v1.txt"))
        {
            var (name, hex) = (line.Split(": ")[0], line.Split(": ")[1]);
            var kind = Enum.Parse<EventKind>(name);

            Assert.Equal(Examples(kind).Select(Describe), ExecutionCodec.DecodeRow(Convert.FromHexString(hex)).Select(Describe));
        }

        foreach (var (hex, instance) in Baseline.Lines("execution-snapshot-v1.txt").Zip([Snapshotted])
            .Concat(Baseline.Lines("execution-snapshot-v2.txt").Zip(TimedOut))
            .Concat(Baseline.Lines("execution-snapshot-v3.txt").Zip([Slept])))
        {
            var restored = new ExecutionState(instance.Graph, [], []);
            ExecutionCodec.DecodeSnapshot(Convert.FromHexString(hex), restored);
            Assert.Equal(ExecutionCodec.EncodeSnapshot(instance.Machine.State), ExecutionCodec.EncodeSnapshot(restored));
        }
    }

    [Fact]
    public void An_ordinary_event_takes_at_most_seven_bytes_even_in_a_large_workflow()
    {
        var instance = Instance.Of(string.Join(", ", Enumerable.Range(0, 30).Select(node => $"n{node}")));
        foreach (var path in instance.Ready.ToList()) instance.Begin(path);
        for (var next = instance.Ready.FirstOrDefault(); next is not null; next = instance.Ready.FirstOrDefault()) instance.Finish(next);
        var large = Enumerable.Range(0, 1000).Select(node => ExecutionEvent.OfNode(EventKind.NodeQueued, At, 99_000 + node, 1)).ToList();

        Assert.InRange((double)instance.Rows.Sum(row => row.Length) / instance.History.Count, 1, 12);
        Assert.InRange(ExecutionCodec.EncodeRow(large).Length / 1000.0, 1, 7);
    }

    [Fact]
    public void A_version_of_the_future_is_refused_with_both_numbers()
    {
        var row = ExecutionCodec.EncodeRow([ExecutionEvent.OfExecution(EventKind.ExecutionStarted, At)]);
        row[0] = 2;
        Assert.Equal(
            "This program reads version 1 of a journal row, and this one has version 2.",
            Assert.Throws<ExecutionFormatException>(() => ExecutionCodec.DecodeRow(row)).Message);

        var snapshot = ExecutionCodec.EncodeSnapshot(Instance.Of("a").Machine.State);
        snapshot[0] = 7;
        Assert.Equal(
            "This program reads version 3 of a snapshot, and this one has version 7.",
            Assert.Throws<ExecutionFormatException>(() => ExecutionCodec.DecodeSnapshot(snapshot, Planned("a"))).Message);
    }

    [Fact]
    public void Rows_that_are_cut_off_or_damaged_are_refused_or_read_but_never_anything_else()
    {
        Gen.Select(Event.List[1, 10], Gen.Int[0, 1_000_000], Gen.Byte).Sample((events, place, damage) =>
        {
            var row = ExecutionCodec.EncodeRow(events);
            row[place % row.Length] ^= damage;
            ReadOrRefuse(() => ExecutionCodec.DecodeRow(row));
            ReadOrRefuse(() => ExecutionCodec.DecodeRow(row.AsSpan(0, place % row.Length)));
        });
    }

    [Fact]
    public void Snapshots_that_are_cut_off_are_refused()
    {
        var snapshot = ExecutionCodec.EncodeSnapshot(Instance.Of("a(retries=1) -> b, c").Fail("a").Finish("c").Machine.State);

        for (var length = 0; length < snapshot.Length; length++)
            Assert.Throws<ExecutionFormatException>(
                () => ExecutionCodec.DecodeSnapshot(snapshot.AsSpan(0, length), Planned("a(retries=1) -> b, c")));
    }

    [Fact]
    public void A_snapshot_or_a_row_of_another_graph_is_refused()
    {
        var instance = Instance.Of("a, b");

        Assert.Throws<ExecutionFormatException>(
            () => ExecutionCodec.DecodeSnapshot(ExecutionCodec.EncodeSnapshot(instance.Machine.State), Planned("a, b, c")));
        Assert.Throws<ExecutionFormatException>(
            () => ExecutionMachine.Restore(GraphText.Compile("a"), new ExecutionOptions(), default, instance.Rows));
    }

    private static Instance Snapshotted =>
        Instance.Disabling("a(retries=1; backoff=500) -> b, box{x, y} -> z, c, d(noop), e, f", new DisabledNode("f"))
            .Begin("a", "c").Fail("a").FinishWith("box:x", "k", "v").Lose("c").Finish("c").FailForGood("e");

    /// <summary>A node that has timed out once beside one that is being stopped for it; and an execution whose own time is up.</summary>
    private static Instance[] TimedOut =>
    [
        Instance.Of("a(job.timeout=2; job.timeout.retries=1), b(job.timeout=2), c").Begin("a", "b").Wait(TimeSpan.FromSeconds(2)).Stopped("a"),
        Instance.Of("a -> b", Instance.Within("3s")).Begin("a").Wait(TimeSpan.FromSeconds(3)),
    ];

    /// <summary>Nodes that sleep, with a handle and without, and wait to go on, and one whose handle has outlived its attempt.</summary>
    private static Instance Slept =>
        Instance.Of("a, b, c(job.timeout=60), d", new ExecutionOptions { MaxParallelNodes = 2 })
            .Begin("a", "b").SaveHandle("a", "query 7").Sleep("a", "b").Begin("c").SaveHandle("c", "q").Lose("c").Wait(TimeSpan.FromSeconds(10)).Sleep("c");

    private static void ReadOrRefuse(Action read)
    {
        try
        {
            read();
        }
        catch (ExecutionFormatException)
        {
            // Refusing is fine; any other exception fails the test.
        }
    }

    private static ExecutionState Planned(string text) => new(GraphText.Compile(text), [], []);

    private static List<ExecutionEvent> Examples(EventKind kind) =>
    [
        Make(kind, At, 0, 1, null, null, 0),
        Make(kind, At + 1500, 200, 300, "some.code", "größer", 1),
        Make(kind, At + 1500, 70_000, 2, null, "", 2),
    ];

    private static ExecutionEvent Make(EventKind kind, long at, int node, int attempt, string? code, string? text, int pick) => kind switch
    {
        EventKind.ExecutionStarted or EventKind.ExecutionFailing => new(kind, at),
        EventKind.ExecutionEnded => ExecutionEvent.Ended(at, ExecutionStatus.Succeeded + (pick % 4)),
        < EventKind.NodeWaiting or EventKind.ExecutionTimingOut => ExecutionEvent.OfExecution(kind, at, text),
        EventKind.NodeOmitted => ExecutionEvent.NodeOmitted(at, node, Omission.Parents + (byte)(pick % 4)),
        EventKind.NodeEnded => ExecutionEvent.NodeEnded(at, node, attempt, NodeStatus.Succeeded + (pick % 7)) with
        {
            Code = code,
            Text = text,
            Outputs = pick % 3 == 0 ? null : Enumerable.Range(0, pick % 3).ToDictionary(key => $"k{key}", key => text ?? "v"),
        },
        EventKind.NodeRetrying => ExecutionEvent.NodeRetrying(at, node, attempt, new Failure(code ?? "c", text ?? "t"), at + pick),
        EventKind.NodeTimedOut => ExecutionEvent.NodeTimedOut(at, node, attempt, new Failure(code ?? "c", text ?? "t"), at + pick),
        EventKind.NodeSleeping => ExecutionEvent.NodeSleeping(at, node, attempt, text ?? "t", at + pick),
        EventKind.NodeHandleSaved => ExecutionEvent.NodeHandleSaved(at, node, attempt, text ?? "t"),
        EventKind.NodeLost => ExecutionEvent.NodeLost(at, node, attempt, text ?? "t"),
        _ => ExecutionEvent.OfNode(kind, at, node, attempt),
    };

    private static string Describe(ExecutionEvent happened) =>
        (happened with { Outputs = null }) + string.Join(";", happened.Outputs?.Select(pair => pair.ToString()) ?? []);

    private static string Hex(byte[] bytes) => Convert.ToHexString(bytes);

    private static string WithoutLoneSurrogates(string text) => string.Concat(text.Where(character => !char.IsSurrogate(character)));
}
