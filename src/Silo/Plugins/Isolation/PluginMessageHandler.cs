using System.Buffers;
using Scheduler.Contracts.Plugins;
using StreamJsonRpc;
using StreamJsonRpc.Protocol;

namespace Scheduler.Silo.Plugins.Isolation;

/// <summary>
/// Reads what the process of a plugin says. What it logs is written before the next message is read: in its order, and no faster than the
/// store takes it, so that a flood fills the pipe and holds up the plugin instead of filling the memory.
/// </summary>
internal sealed class PluginMessageHandler : NewLineDelimitedMessageHandler
{
    private const int LongestShown = 200;

    private readonly SystemTextJsonFormatter formatter;
    private readonly NodeLog log;
    private readonly int maxMessage;

    /// <param name="input">Of the process; what is said to it.</param>
    /// <param name="output">Of the process; what it says.</param>
    /// <param name="formatter">Of this connection alone.</param>
    /// <param name="log">Takes what the plugin logs.</param>
    /// <param name="maxMessage">Bytes.</param>
    public PluginMessageHandler(Stream input, Stream output, SystemTextJsonFormatter formatter, NodeLog log, int maxMessage)
        : base(input, output, formatter)
    {
        (this.formatter, this.log, this.maxMessage) = (formatter, log, maxMessage);
        NewLine = NewLineStyle.Lf;
    }

    /// <exception cref="PluginFaultException">It says what is no message.</exception>
    protected override async ValueTask<JsonRpcMessage?> ReadCoreAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var message = await ReadMessageAsync(cancellationToken);
            if (message is not JsonRpcRequest { IsResponseExpected: false } notification || !await TakeAsync(notification, cancellationToken)) return message;
        }
    }

    private async ValueTask<JsonRpcMessage?> ReadMessageAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var read = await Reader!.ReadAsync(cancellationToken);
            if (read.Buffer.PositionOf((byte)'\n') is { } end)
            {
                var line = read.Buffer.Slice(0, end);
                var message = line.Length <= 1 ? null : Parse(line);
                Reader.AdvanceTo(read.Buffer.GetPosition(1, end));
                if (message is not null) return message;
            }
            else if (read.Buffer.Length > maxMessage)
                throw new PluginFaultException($"it has written more than {maxMessage} bytes on standard output without a line feed");
            else if (read.IsCompleted) return null;
            else Reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    private JsonRpcMessage Parse(ReadOnlySequence<byte> line)
    {
        try
        {
            // The formatter reads lazily, and the buffer is given back before that.
            return formatter.Deserialize(new ReadOnlySequence<byte>(line.ToArray()));
        }
        catch (Exception exception) when (exception is System.Text.Json.JsonException or InvalidOperationException or NotSupportedException or ArgumentException)
        {
            var text = System.Text.Encoding.UTF8.GetString(line.Slice(0, Math.Min(line.Length, LongestShown)).ToArray());
            throw new PluginFaultException($"it has written on standard output what is no message of the protocol: {text}");
        }
    }

    private async ValueTask<bool> TakeAsync(JsonRpcRequest notification, CancellationToken cancellationToken)
    {
        switch (notification.Method)
        {
            case Methods.Log:
                var level = Argument<string>(notification, "level");
                await log.WriteLineAsync(
                    Enum.TryParse<LogLevel>(level, ignoreCase: true, out var known) ? known : LogLevel.Info,
                    Argument<string>(notification, "text") ?? "", cancellationToken);
                return true;
            case Methods.Output:
                await log.WriteOutputAsync(Argument<byte[]>(notification, "data") ?? [], cancellationToken);
                return true;
            default:
                return false;
        }
    }

    private static T? Argument<T>(JsonRpcRequest request, string name) =>
        request.TryGetArgumentByNameOrIndex(name, -1, typeof(T), out var value) ? (T?)value : default;
}
