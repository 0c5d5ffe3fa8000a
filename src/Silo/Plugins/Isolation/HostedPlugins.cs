using Scheduler.Contracts.Plugins;
using Scheduler.Silo.Nodes;
using StreamJsonRpc;

namespace Scheduler.Silo.Plugins.Isolation;

/// <summary>The process of a plugin: answers the server that has started it. For one attempt.</summary>
internal sealed class HostedPlugins : IDisposable
{
    private readonly CancellationTokenSource cancel = new();
    private readonly IReadOnlyList<NodeType> types = [];
    private readonly string? fault;
    private readonly JsonRpc rpc;

    private HostedPlugins(Func<IReadOnlyList<NodeType>> load, Stream input, Stream output)
    {
        try
        {
            types = load();
        }
        catch (PluginFaultException exception)
        {
            fault = exception.Message;
        }

        rpc = Wire.Open(new NewLineDelimitedMessageHandler(output, input, Wire.CreateFormatter()) { NewLine = NewLineDelimitedMessageHandler.NewLineStyle.Lf }, this);
    }

    /// <summary>Loads plugins and serves them until the server hangs up.</summary>
    /// <param name="load">May throw a <see cref="PluginFaultException"/>, which the server is told.</param>
    /// <param name="input">What the server says.</param>
    /// <param name="output">What it is told.</param>
    public static async Task ServeAsync(Func<IReadOnlyList<NodeType>> load, Stream input, Stream output)
    {
        using var plugins = new HostedPlugins(load, input, output);
        plugins.rpc.StartListening();
        await plugins.rpc.Completion;
    }

    [JsonRpcMethod(Methods.Initialize, UseSingleObjectParameterDeserialization = true)]
    public ProtocolMessage Initialize(ProtocolMessage asked) =>
        fault is null ? new(Math.Min(asked.Protocol, Methods.ProtocolVersion)) : throw new LocalRpcException(fault);

    [JsonRpcMethod(Methods.Describe)]
    public DescriptionMessage Describe() => new([.. types.Select(type => new DescribedType
    {
        Id = type.Description.Id,
        Version = type.Description.Version,
        Title = type.Description.Title,
        TitleZh = type.Description.TitleZh,
        Description = type.Description.Description,
        DescriptionZh = type.Description.DescriptionZh,
        Schema = type.Description.Schema,
        Reattaches = type.Plugin is IReattachingPlugin,
    })]);

    [JsonRpcMethod(Methods.Run, UseSingleObjectParameterDeserialization = true)]
    public Task<ResultMessage> RunAsync(AttemptMessage attempt) => AnswerAsync(attempt, (plugin, context) => plugin.RunAsync(context, cancel.Token));

    [JsonRpcMethod(Methods.Reattach, UseSingleObjectParameterDeserialization = true)]
    public Task<ResultMessage> ReattachAsync(AttemptMessage attempt) =>
        AnswerAsync(attempt, (plugin, context) => ((IReattachingPlugin)plugin).ReattachAsync(context, attempt.Handle!, cancel.Token));

    [JsonRpcMethod(Methods.Kill, UseSingleObjectParameterDeserialization = true)]
    public Task<ResultMessage> KillAsync(AttemptMessage attempt) => AnswerAsync(attempt, async (plugin, context) =>
    {
        await ((IReattachingPlugin)plugin).KillAsync(context, attempt.Handle!, cancel.Token);
        return NodeResult.Succeeded.WithoutOutputs;
    });

    [JsonRpcMethod(Methods.Cancel)]
    public void Cancel() => cancel.Cancel();

    public void Dispose()
    {
        rpc.Dispose();
        cancel.Dispose();
    }

    private async Task<ResultMessage> AnswerAsync(AttemptMessage attempt, Func<INodePlugin, NodeContext, Task<NodeResult>> call)
    {
        var plugin = types.First(type => type.Description.Id == attempt.NodeType).Plugin!;
        try
        {
            // A plugin that blocks must not hold up the message that asks it to stop.
            return ResultMessage.Of(await Task.Run(() => call(plugin, new HostedContext(attempt, rpc))));
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            return new ResultMessage(ResultMessage.Cancelled);
        }
        catch (Exception exception)
        {
            throw new LocalRpcException(exception.ToString());
        }
    }
}
