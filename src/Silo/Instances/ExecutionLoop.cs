using System.Buffers;
using System.Threading.Channels;
using Scheduler.Contracts;
using Scheduler.Contracts.Instances;
using Scheduler.Silo.Storage.Journal;

namespace Scheduler.Silo.Instances;

/// <summary>
/// The write path of one execution. A turn takes everything that has arrived, lets the machine decide, appends ONE journal row and
/// only then lets anything leave: acknowledgements, answers to questions, commands. While a row is on its way to the disk more
/// arrives, and becomes the next row.
/// </summary>
/// <remarks>
/// Runs inside a grain's scheduler, so nothing here is locked. When another activation has taken the execution over, the next
/// append collides and <see cref="RunAsync"/> throws <see cref="JournalConflictException"/> before anything of that turn has left.
/// </remarks>
internal sealed class ExecutionLoop
{
    private static readonly TimeSpan DelayAfterFailure = TimeSpan.FromMilliseconds(200);

    /// <summary>Below Orleans' response timeout, so that a caller learns why.</summary>
    private static readonly TimeSpan AnswerPatience = TimeSpan.FromSeconds(20);

    private readonly Channel<Message> inbox = Channel.CreateUnbounded<Message>(new() { SingleReader = true });
    private readonly List<Message> answers = [];
    private readonly ExecutionTurn turn = new();
    private readonly ArrayBufferWriter<byte> buffer = new();
    private readonly long executionId;
    private readonly JournalPosition position;
    private readonly IJournal journal;
    private readonly IExecutionCommands commands;
    private readonly TimeProvider clock;
    private readonly int rowsPerSnapshot;
    private readonly TaskCompletionSource ended = NewAnswer();
    private bool isGivenUp;

    /// <summary>Why the store could not take the row that waits; null while it can, as far as is known.</summary>
    private StorageUnavailableException? outage;

    public ExecutionLoop(
        long executionId, ExecutionMachine machine, JournalPosition position, IJournal journal, IExecutionCommands commands,
        TimeProvider clock, int rowsPerSnapshot)
    {
        this.executionId = executionId;
        Machine = machine;
        this.position = position;
        this.journal = journal;
        this.commands = commands;
        this.clock = clock;
        this.rowsPerSnapshot = rowsPerSnapshot;
    }

    /// <summary>Completes when the end of the execution is stored, and never when it is taken over before.</summary>
    public Task Ended => ended.Task;

    /// <summary>The state with everything that has been decided, stored or not. What it shows must not leave the process.</summary>
    public ExecutionMachine Machine { get; }

    /// <summary>
    /// Stops waiting for a store that is away: nobody was told that the execution exists, so nobody waits for it. Should the first
    /// row have been stored after all, recovery finds it.
    /// </summary>
    public void GiveUp() => isGivenUp = true;

    /// <summary>Hands in an input without waiting for it to be stored.</summary>
    public void Post(ExecutionInput input) => inbox.Writer.TryWrite(new Message(input, null, null));

    /// <summary>Hands in an input; completes, with what became of it, when what it led to is stored.</summary>
    public async Task<ControlResult> PostAndStoreAsync(ExecutionInput input)
    {
        var message = new Message(input, NewAnswer(), null);
        await SendAsync(message);
        return message.Result;
    }

    /// <summary>Hands in inputs; completes when what they led to is stored.</summary>
    public Task PostAndStoreAsync(IReadOnlyList<ExecutionInput> inputs)
    {
        if (inputs.Count == 0) return Task.CompletedTask;

        // They are handled in order, so the last one's answer speaks for all.
        for (var i = 0; i < inputs.Count - 1; i++) Post(inputs[i]);
        return PostAndStoreAsync(inputs[^1]);
    }

    /// <summary>Reads the state when all of it is stored.</summary>
    public async Task<T> ReadAsync<T>(Func<ExecutionMachine, T> read)
    {
        T result = default!;
        await SendAsync(new Message(null, NewAnswer(), () => result = read(Machine)));
        return result;
    }

    /// <summary>Runs until the execution has ended.</summary>
    public async Task RunAsync()
    {
        try
        {
            while (!Machine.IsTerminal && await inbox.Reader.WaitToReadAsync())
            {
                Decide();
                if (turn.Events.Count > 0) await StoreAsync();
                Answer();
                CarryOut();
            }

            // Whoever asks from here on is told what is stored: the end.
            ended.SetResult();
            inbox.Writer.Complete();
            Decide();
            Answer();
        }
        catch (Exception exception)
        {
            inbox.Writer.TryComplete();
            while (inbox.Reader.TryRead(out var message))
                if (message.Answer is not null)
                    answers.Add(message);
            Refuse(new ExecutionMovedException("The execution is being taken over; call again", exception));
            throw;
        }
    }

    private void Decide()
    {
        turn.Clear();
        var now = clock.GetUtcNow();
        while (inbox.Reader.TryRead(out var message))
        {
            if (message.Input is not null) message.Result = Machine.Handle(message.Input, now, turn);
            if (message.Answer is not null) answers.Add(message);
        }
    }

    /// <summary>
    /// While the store is away the row waits here and the jobs go on; whoever waits for an answer is told that there is none. The
    /// row keeps its number and epoch, so it does not matter whether an earlier try went through after all.
    /// </summary>
    private async Task StoreAsync()
    {
        buffer.ResetWrittenCount();
        ExecutionCodec.EncodeRow(turn.Events, buffer);
        var row = position.Next(buffer.WrittenSpan.ToArray());
        var append = new JournalAppend(executionId, row, position.HeadFor(Machine, turn.Events, rowsPerSnapshot));

        while (true)
        {
            try
            {
                await journal.AppendAsync(append, CancellationToken.None);
                outage = null;
                return;
            }
            catch (StorageUnavailableException exception) when (!isGivenUp)
            {
                outage = exception;
                Refuse(exception);
                await Task.Delay(DelayAfterFailure, clock);
            }
        }
    }

    private void Answer()
    {
        foreach (var message in answers)
        {
            message.Read?.Invoke();
            message.Answer!.TrySetResult();
        }

        answers.Clear();
    }

    private void CarryOut()
    {
        foreach (var command in turn.Commands)
            if (command.Kind == CommandKind.RunControl)
                Post(new ExecutionInput.NodeEnded(command.Node, command.Attempt, commands.RunControl(command.Node, command.Attempt)));
        commands.CarryOut(turn.Commands);
    }

    private void Refuse(Exception exception)
    {
        foreach (var message in answers)
            message.Answer!.TrySetException(exception);
        answers.Clear();
    }

    /// <summary>While the store is away nobody who waits is let in: they come again, and would only pile up here.</summary>
    private async Task SendAsync(Message message)
    {
        if (outage is not null) throw new StorageUnavailableException(outage.Message, outage);
        if (!inbox.Writer.TryWrite(message))
            throw new ExecutionMovedException("The execution has ended or is being taken over; call again");

        try
        {
            await message.Answer!.Task.WaitAsync(AnswerPatience, clock);
        }
        catch (TimeoutException exception)
        {
            throw new StorageUnavailableException("The order was not stored in time; it may still be", exception);
        }
    }

    private static TaskCompletionSource NewAnswer() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private sealed class Message(ExecutionInput? input, TaskCompletionSource? answer, Action? read)
    {
        public ExecutionInput? Input => input;

        /// <summary>Null when nobody waits.</summary>
        public TaskCompletionSource? Answer => answer;
        public Action? Read => read;
        public ControlResult Result { get; set; }
    }
}
