using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using Scheduler.Plugins.Odbc.Native;

namespace Scheduler.Plugins.Odbc;

/// <summary>
/// A connection through a driver. Its string goes to the driver manager as it is: <c>DSN=…</c> or <c>Driver={…};…</c>, further keys as the
/// driver defines them. Asynchronous calls block a thread that belongs to the connection.
/// </summary>
internal sealed class OdbcConnection : DbConnection
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(1);

    private Session? session;
    private NativeThread? thread;
    private ConnectionState state;
    private string connectionString = "";
    private bool isDisposed;

    [AllowNull]
    public override string ConnectionString
    {
        get => connectionString;
        set
        {
            if (state != ConnectionState.Closed) throw new InvalidOperationException("The connection string of an open connection stays as it is.");
            connectionString = value ?? "";
        }
    }

    /// <summary>How long opening may take. Drivers count whole seconds; one that counts none is left behind a second later.</summary>
    public TimeSpan OpenTimeout { get; init; } = TimeSpan.FromSeconds(15);

    public override int ConnectionTimeout => (int)Math.Ceiling(OpenTimeout.TotalSeconds);

    public override ConnectionState State => state;

    public override string Database => session?.GetText(Info.Database) ?? "";

    public override string DataSource => session?.GetText(Info.DataSource) ?? "";

    public override string ServerVersion => Session.GetText(Info.ServerVersion);

    protected override DbProviderFactory DbProviderFactory => OdbcFactory.Instance;

    internal Session Session
    {
        get
        {
            ObjectDisposedException.ThrowIf(isDisposed, this);
            return session ?? throw new InvalidOperationException("The connection is not open.");
        }
    }

    internal OdbcTransaction? Transaction { get; set; }

    // ADO.NET has a synchronous Open as well, and the driver's own call blocks: it runs on the thread of the connection, so that waiting
    // for it cannot exhaust the pool or deadlock.
    public override void Open() => OpenAsync(CancellationToken.None).GetAwaiter().GetResult();

    /// <summary>What takes too long or is cancelled is left to itself; it is closed when the driver comes back with it.</summary>
    public override async Task OpenAsync(CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(isDisposed, this);
        if (state != ConnectionState.Closed) throw new InvalidOperationException("The connection is open already.");
        cancellationToken.ThrowIfCancellationRequested();

        ChangeState(ConnectionState.Connecting);
        thread = new NativeThread();
        var opening = thread.RunAsync(() => Session.Open(connectionString, OpenTimeout));
        try
        {
            session = await opening.WaitAsync(OpenTimeout + Grace, cancellationToken).ConfigureAwait(false);
            ChangeState(ConnectionState.Open);
        }
        catch (Exception e)
        {
            _ = opening.ContinueWith(late => late.Result.Dispose(), TaskContinuationOptions.OnlyOnRanToCompletion);
            Close();
            if (e is not TimeoutException) throw;
            throw new OdbcException("Cannot connect", [new(OdbcException.TimedOut, 0, $"Not done in {OpenTimeout.TotalSeconds} s")], e);
        }
    }

    /// <summary>Rolls back what is not committed, and closes what still reads.</summary>
    public override void Close()
    {
        session?.Dispose();
        session = null;
        Transaction = null;
        thread?.Dispose();
        thread = null;
        ChangeState(ConnectionState.Closed);
    }

    public override void ChangeDatabase(string databaseName) =>
        throw new NotSupportedException("The database is chosen in the connection string.");

    internal Task<T> RunAsync<T>(Func<T> call)
    {
        ObjectDisposedException.ThrowIf(isDisposed, this);
        return thread?.RunAsync(call) ?? throw new InvalidOperationException("The connection is not open.");
    }

    protected override DbTransaction BeginDbTransaction(IsolationLevel isolationLevel)
    {
        if (Transaction is not null) throw new InvalidOperationException("The connection is in a transaction already.");
        return Transaction = OdbcTransaction.Begin(this, isolationLevel);
    }

    protected override DbCommand CreateDbCommand() => new OdbcCommand { Connection = this };

    protected override void Dispose(bool disposing)
    {
        if (disposing && !isDisposed) Close();
        isDisposed = true;
        base.Dispose(disposing);
    }

    private void ChangeState(ConnectionState next)
    {
        if (state == next) return;
        var change = new StateChangeEventArgs(state, next);
        state = next;
        OnStateChange(change);
    }
}
