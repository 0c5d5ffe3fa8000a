using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;

namespace Scheduler.Plugins.Odbc;

/// <summary>A statement with its parameters. Cancelling and the time-out stop it in the database.</summary>
internal sealed class OdbcCommand : DbCommand
{
    private readonly OdbcParameterCollection parameters = new();
    private OdbcConnection? connection;
    private volatile Statement? running;
    private bool isDisposed;

    [AllowNull]
    public override string CommandText { get; set; } = "";

    /// <summary>In seconds, for each wait: for the execution, and for the next rows; 0 is for ever.</summary>
    public override int CommandTimeout
    {
        get;
        set => field = value >= 0 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "A time-out is not negative.");
    } = 30;

    public override CommandType CommandType
    {
        get => CommandType.Text;
        set
        {
            if (value != CommandType.Text) throw new NotSupportedException("A command is text; ODBC calls procedures with {call …}.");
        }
    }

    public override bool DesignTimeVisible { get; set; }

    public override UpdateRowSource UpdatedRowSource { get; set; }

    protected override DbConnection? DbConnection
    {
        get => connection;
        set => connection = (OdbcConnection?)value;
    }

    protected override DbParameterCollection DbParameterCollection => parameters;

    protected override DbTransaction? DbTransaction { get; set; }

    /// <summary>From any thread; what runs fails with the state that its database gives to cancelled statements.</summary>
    public override void Cancel() => running?.Cancel();

    /// <summary>Drivers prepare by themselves.</summary>
    public override void Prepare()
    {
    }

    public override int ExecuteNonQuery() => CountChanges(CancellationToken.None);

    public override object? ExecuteScalar() => ReadScalar(CancellationToken.None);

    public override Task<int> ExecuteNonQueryAsync(CancellationToken cancellationToken) =>
        RunAsync(() => CountChanges(cancellationToken), cancellationToken);

    public override Task<object?> ExecuteScalarAsync(CancellationToken cancellationToken) =>
        RunAsync(() => ReadScalar(cancellationToken), cancellationToken);

    protected override DbParameter CreateDbParameter() => new OdbcParameter();

    protected override DbDataReader ExecuteDbDataReader(CommandBehavior behavior) => Execute(behavior, CancellationToken.None);

    protected override async Task<DbDataReader> ExecuteDbDataReaderAsync(CommandBehavior behavior, CancellationToken cancellationToken) =>
        await RunAsync(() => Execute(behavior, cancellationToken), cancellationToken).ConfigureAwait(false);

    protected override void Dispose(bool disposing)
    {
        isDisposed = true;
        base.Dispose(disposing);
    }

    private TimeSpan Patience => CommandTimeout == 0 ? Timeout.InfiniteTimeSpan : TimeSpan.FromSeconds(CommandTimeout);

    private Task<T> RunAsync<T>(Func<T> call, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Connected().RunAsync(call);
    }

    private int CountChanges(CancellationToken cancellationToken)
    {
        using var reader = Execute(CommandBehavior.Default, cancellationToken);
        while (reader.NextResult(cancellationToken))
        {
        }

        return reader.RecordsAffected;
    }

    private object? ReadScalar(CancellationToken cancellationToken)
    {
        using var reader = Execute(CommandBehavior.Default, cancellationToken);
        return reader.FieldCount > 0 && reader.Read(cancellationToken) ? reader.GetValue(0) : null;
    }

    private OdbcReader Execute(CommandBehavior behavior, CancellationToken cancellationToken)
    {
        var connected = Connected();
        var statement = connected.Session.OpenStatement();
        try
        {
            statement.SetTimeout(CommandTimeout);
            Execute(statement, cancellationToken);
            return new OdbcReader(
                connected, statement, Patience, behavior.HasFlag(CommandBehavior.CloseConnection), cancellationToken);
        }
        catch
        {
            statement.Dispose();
            throw;
        }
    }

    private void Execute(Statement statement, CancellationToken cancellationToken)
    {
        var values = new OdbcValue[parameters.Count];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = OdbcValue.Of(parameters[i].Value);
            statement.Bind(i, values[i]);
        }

        running = statement;
        using var interruption = new Interruption(statement, Patience, cancellationToken);
        try
        {
            statement.Execute(CommandText);
            GC.KeepAlive(values);
        }
        catch (OdbcException e)
        {
            throw interruption.Explain(e);
        }
    }

    private OdbcConnection Connected()
    {
        ObjectDisposedException.ThrowIf(isDisposed, this);
        return connection ?? throw new InvalidOperationException("The command has no connection.");
    }
}
