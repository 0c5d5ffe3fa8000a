using System.Text;
using Scheduler.Contracts.Plugins;
using Scheduler.Plugins.Processes;
using Scheduler.Silo.Nodes.Processes;
using StreamJsonRpc;

namespace Scheduler.Silo.Plugins.Isolation;

/// <summary>Runs one plugin in processes of its own, one for each attempt, so that no attempt finds what another has left.</summary>
/// <param name="folder">The plugin's copy; where its processes start.</param>
/// <param name="command">The program and its arguments.</param>
/// <param name="options">Limits of the protocol.</param>
/// <param name="processes">Limits of time when a process must end.</param>
internal sealed class PluginHost(string folder, IReadOnlyList<string> command, PluginOptions options, ProcessOptions processes)
{
    private int running;

    /// <summary>Processes that run now.</summary>
    public int Running => Volatile.Read(ref running);

    /// <exception cref="PluginFaultException">It cannot be asked.</exception>
    public async Task<IReadOnlyList<DescribedType>> DescribeAsync(CancellationToken cancellationToken)
    {
        var marker = new Dictionary<string, string>
        {
            [SiloMarker.Variable] = SiloMarker.ForThisProcess().ToString(),
            [ProcessMarkers.AttemptVariable] = $"plugin-{Guid.NewGuid():N}",
        };
        var words = new FirstWords();
        try
        {
            return (await TalkAsync(
                marker, TimeProvider.System, words, new object(),
                (rpc, _) => rpc.InvokeAsync<DescriptionMessage>(Methods.Describe).WaitAsync(options.StartTimeout, TimeProvider.System, cancellationToken),
                cancellationToken)).Types;
        }
        catch (PluginFaultException exception) when (words.Text.Length > 0)
        {
            throw new PluginFaultException($"{exception.Message}. It says: {words.Text}");
        }
        catch (RemoteInvocationException exception)
        {
            throw new PluginFaultException(exception.Message);
        }
        catch (TimeoutException)
        {
            throw new PluginFaultException($"Its process does not say within {options.StartTimeout.TotalSeconds} s what it can run");
        }
        finally
        {
            AttemptProcess.Leave(marker, processes);
        }
    }

    /// <summary>Has a method of the plugin called for an attempt, in a new process.</summary>
    /// <param name="method"><see cref="Methods.Run"/>, <see cref="Methods.Reattach"/> or <see cref="Methods.Kill"/>.</param>
    /// <param name="context">Serves the process.</param>
    /// <param name="handle">For all but the first.</param>
    /// <param name="cancellationToken">Asks the plugin to stop; if it does not, its process is ended.</param>
    /// <exception cref="PluginBrokenException">The plugin threw.</exception>
    public async Task<NodeResult> CallAsync(string method, NodeContext context, string? handle, CancellationToken cancellationToken)
    {
        var isOver = true;
        try
        {
            var result = await TalkAsync(
                context.Marker, context.Clock, context.Log, new AttemptServer(context, cancellationToken),
                (rpc, process) => CallAsync(rpc, process, method, MessageOf(context, handle), context.Clock, cancellationToken), cancellationToken);
            if (result.Result == ResultMessage.Cancelled) cancellationToken.ThrowIfCancellationRequested();
            isOver = result.Result != ResultMessage.Waiting;
            return result.ToResult() ?? throw new PluginBrokenException($"it answered with the result '{result.Result}'");
        }
        catch (PluginFaultException exception)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return new NodeResult.Failed("plugin.process", exception.Message);
        }
        catch (RemoteInvocationException exception)
        {
            throw new PluginBrokenException(exception.Message);
        }
        finally
        {
            // The same attempt may go on a second later.
            if (isOver) AttemptProcess.Leave(context.Marker, processes);
        }
    }

    private async Task<ResultMessage> CallAsync(
        JsonRpc rpc, TalkingProcess process, string method, AttemptMessage message, TimeProvider clock, CancellationToken cancellationToken)
    {
        var call = rpc.InvokeWithParameterObjectAsync<ResultMessage>(method, message, CancellationToken.None);
        await using var registration = cancellationToken.UnsafeRegister(_ => CancelAsync(rpc, process, call, clock).Ignore(), null);
        return await call;
    }

    /// <summary>The process may read nothing any more, so the message is not waited for.</summary>
    private async Task CancelAsync(JsonRpc rpc, TalkingProcess process, Task call, TimeProvider clock)
    {
        rpc.NotifyAsync(Methods.Cancel).Ignore();
        await call.WaitAsync(processes.KillGrace, clock).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!call.IsCompleted) process.Stop();
    }

    private async Task<T> TalkAsync<T>(
        IReadOnlyDictionary<string, string> marker, TimeProvider clock, NodeLog log, object target, Func<JsonRpc, TalkingProcess, Task<T>> talk,
        CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var start = new ProcessStart { Program = command[0], Arguments = [.. command.Skip(1)], Directory = folder, Marker = marker, Clock = clock };
        var (process, refusal) = TalkingProcess.Start(start, log, processes);
        if (process is null) throw new PluginFaultException(refusal!.Message);

        Interlocked.Increment(ref running);
        try
        {
            await using (process)
            using (var rpc = Wire.Open(new PluginMessageHandler(process.Input, process.Output, Wire.CreateFormatter(), log, options.MaxMessage), target))
                return await TalkAsync(rpc, process, talk, cancellationToken);
        }
        finally
        {
            Interlocked.Decrement(ref running);
        }
    }

    private async Task<T> TalkAsync<T>(JsonRpc rpc, TalkingProcess process, Func<JsonRpc, TalkingProcess, Task<T>> talk, CancellationToken cancellationToken)
    {
        try
        {
            rpc.StartListening();
            await InitializeAsync(rpc, cancellationToken);
            return await talk(rpc, process);
        }
        catch (Exception exception) when (exception is ConnectionLostException or ObjectDisposedException or IOException)
        {
            throw new PluginFaultException(await ExplainEndAsync(rpc, process));
        }
    }

    private async Task InitializeAsync(JsonRpc rpc, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await rpc.InvokeWithParameterObjectAsync<ProtocolMessage>(
                Methods.Initialize, new ProtocolMessage(Methods.ProtocolVersion), CancellationToken.None)
                .WaitAsync(options.StartTimeout, TimeProvider.System, cancellationToken);
            if (answer.Protocol != Methods.ProtocolVersion) throw new PluginFaultException($"It speaks version {answer.Protocol} of the protocol, not {Methods.ProtocolVersion}");
        }
        catch (TimeoutException)
        {
            throw new PluginFaultException($"Its process has not answered within {options.StartTimeout.TotalSeconds} s of its start");
        }
        catch (RemoteInvocationException exception)
        {
            throw new PluginFaultException(exception.Message);
        }
    }

    private static async Task<string> ExplainEndAsync(JsonRpc rpc, TalkingProcess process)
    {
        var reading = rpc.Completion;
        await reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        for (Exception? cause = reading.Exception; cause is not null; cause = cause.InnerException)
            if (cause is PluginFaultException) return $"The process of the plugin was ended: {cause.Message}";

        await process.EndAsync();
        if (!process.Ended.IsCompletedSuccessfully) return "The process of the plugin closed its standard output before it gave a result";

        return await process.Ended switch
        {
            ProcessEnding.Exited { Signal: { } signal } => $"The process of the plugin was ended by signal {signal} before it gave a result",
            ProcessEnding.Exited { Code: var code } => $"The process of the plugin ended with exit code {code} before it gave a result",
            var other => $"The process of the plugin has ended: {other}",
        };
    }

    private static AttemptMessage MessageOf(NodeContext context, string? handle) => new()
    {
        ExecutionId = context.Attempt.ExecutionId,
        Node = context.Attempt.Node,
        Attempt = context.Attempt.Number,
        NodeName = context.NodeName,
        NodeType = context.NodeType,
        Properties = context.Properties,
        Marker = context.Marker,
        Handle = handle,
    };

    /// <summary>The beginning of what a plugin says that is only asked what it can.</summary>
    private sealed class FirstWords : NodeLog
    {
        private const int Kept = 2_000;

        private readonly StringBuilder text = new();

        public string Text
        {
            get
            {
                lock (text) return text.ToString().Trim();
            }
        }

        public override ValueTask WriteLineAsync(LogLevel level, string message, CancellationToken cancellationToken = default) =>
            WriteOutputAsync(Encoding.UTF8.GetBytes(message + '\n'), cancellationToken);

        public override ValueTask WriteOutputAsync(ReadOnlyMemory<byte> output, CancellationToken cancellationToken = default)
        {
            lock (text)
                if (text.Length < Kept) text.Append(Encoding.UTF8.GetString(output.Span[..Math.Min(output.Length, Kept)]));
            return default;
        }
    }
}
