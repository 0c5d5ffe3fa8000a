using System.Net;
using System.Net.Sockets;

namespace Scheduler.Silo.Torture.Cluster;

/// <summary>Stands between one silo and the database, and can break connections or let nothing through.</summary>
internal sealed class DatabaseProxy : IAsyncDisposable
{
    private const int BufferBytes = 64 * 1024;

    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stopping = new();
    private readonly Lock gate = new();
    private readonly HashSet<Task> carriers = [];
    private readonly string host;
    private readonly int port;
    private readonly Task accepting;
    private CancellationTokenSource lines = new();
    private TaskCompletionSource? blockade;
    private bool isRefusing;

    /// <param name="host">Where the database is.</param>
    /// <param name="port">Its port.</param>
    public DatabaseProxy(string host, int port)
    {
        (this.host, this.port) = (host, port);
        listener.Start();
        accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>Breaks all connections and refuses new ones until <see cref="Pass"/>.</summary>
    public void Drop()
    {
        CancellationTokenSource broken;
        lock (gate)
        {
            isRefusing = true;
            (broken, lines) = (lines, new CancellationTokenSource());
        }

        broken.Cancel();
        broken.Dispose();
    }

    /// <summary>Lets nothing through until <see cref="Pass"/>; nobody is told, and what was sent arrives later.</summary>
    public void Hang()
    {
        lock (gate) blockade ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    /// <summary>As if nothing had been.</summary>
    public void Pass()
    {
        TaskCompletionSource? over;
        lock (gate) (over, blockade, isRefusing) = (blockade, null, false);
        over?.SetResult();
    }

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        Pass();
        Drop();
        listener.Stop();
        await accepting;
        await Task.WhenAll(Carriers());
        stopping.Dispose();
        lines.Dispose();
    }

    private List<Task> Carriers()
    {
        lock (gate) return [.. carriers];
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true) Carry(await listener.AcceptTcpClientAsync(stopping.Token));
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException)
        {
            // It is being disposed.
        }
    }

    private void Carry(TcpClient client)
    {
        lock (gate)
        {
            if (isRefusing)
            {
                client.Dispose();
                return;
            }

            var carrier = Task.Run(() => CarryAsync(client, lines.Token));
            carriers.Add(carrier);
            carrier.ContinueWith(Forget, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        }
    }

    private void Forget(Task carrier)
    {
        lock (gate) carriers.Remove(carrier);
    }

    private async Task CarryAsync(TcpClient client, CancellationToken broken)
    {
        using var server = new TcpClient();
        using (client)
        {
            try
            {
                await server.ConnectAsync(host, port, broken);
                client.NoDelay = server.NoDelay = true;
                using var over = CancellationTokenSource.CreateLinkedTokenSource(broken);
                await Task.WhenAny(CopyAsync(client, server, over.Token), CopyAsync(server, client, over.Token));
                await over.CancelAsync();
            }
            catch (Exception exception) when (exception is SocketException or OperationCanceledException)
            {
                // The database is away, which closing tells the silo.
            }
        }
    }

    private async Task CopyAsync(TcpClient from, TcpClient to, CancellationToken broken)
    {
        var buffer = new byte[BufferBytes];
        try
        {
            while (await from.GetStream().ReadAsync(buffer, broken) is > 0 and var count)
            {
                await WhenOpenAsync().WaitAsync(broken);
                await to.GetStream().WriteAsync(buffer.AsMemory(0, count), broken);
            }
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException or ObjectDisposedException or InvalidOperationException)
        {
            // One side is gone; closing the other tells it.
        }
    }

    private Task WhenOpenAsync()
    {
        lock (gate) return blockade?.Task ?? Task.CompletedTask;
    }
}
