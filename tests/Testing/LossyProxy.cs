using System.Net;
using System.Net.Sockets;

namespace Scheduler.Testing;

/// <summary>
/// Stands between a client and a server on loopback, and can lose an answer: the server has done what it was asked, and the client
/// sees its connection close instead of hearing so. It can also be slow.
/// </summary>
public sealed class LossyProxy : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stopping = new();
    private readonly int serverPort;
    private readonly Task accepting;
    private TaskCompletionSource severed = new();
    private int toLose;

    /// <param name="serverPort">On 127.0.0.1.</param>
    public LossyProxy(int serverPort)
    {
        this.serverPort = serverPort;
        listener.Start();
        accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>How often an answer has been lost.</summary>
    public int Lost { get; private set; }

    /// <summary>How long whatever the client sends is held back; zero at first.</summary>
    public TimeSpan Latency { get; set; }

    /// <summary>The next answer of the server, on whichever connection, does not arrive.</summary>
    public void LoseNextAnswer() => Volatile.Write(ref toLose, 1);

    /// <summary>Closes every connection that is open now, on both sides.</summary>
    public void Sever() => Interlocked.Exchange(ref severed, new()).SetResult();

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        listener.Stop();
        await accepting;
        stopping.Dispose();
    }

    private async Task AcceptAsync()
    {
        var connections = new List<Task>();
        try
        {
            while (true) connections.Add(CarryAsync(await listener.AcceptTcpClientAsync(stopping.Token)));
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException)
        {
            await Task.WhenAll(connections);
        }
    }

    private async Task CarryAsync(TcpClient client)
    {
        var end = severed.Task;
        using var server = new TcpClient();
        using (client)
        {
            await server.ConnectAsync(IPAddress.Loopback, serverPort);
            client.NoDelay = server.NoDelay = true;
            await Task.WhenAny(CopyAsync(client, server, isAnswer: false), CopyAsync(server, client, isAnswer: true), end);
        }
    }

    private async Task CopyAsync(TcpClient from, TcpClient to, bool isAnswer)
    {
        var buffer = new byte[64 * 1024];
        try
        {
            while (await from.GetStream().ReadAsync(buffer, stopping.Token) is > 0 and var count)
            {
                if (isAnswer && Interlocked.Exchange(ref toLose, 0) == 1)
                {
                    Lost++;
                    return;
                }

                if (!isAnswer && Latency > TimeSpan.Zero) await Task.Delay(Latency, stopping.Token);
                await to.GetStream().WriteAsync(buffer.AsMemory(0, count), stopping.Token);
            }
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // One side is gone; closing the other tells it.
        }
    }
}
