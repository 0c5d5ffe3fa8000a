using System.Data.Common;
using Scheduler.Silo.Storage;

namespace Scheduler.Silo.Tests.Users;

/// <summary>A database that counts what is asked of it.</summary>
internal sealed class CountingDatabase(IDatabase database) : IDatabase
{
    private int reads;
    private int writes;

    public int Reads => reads;

    public int Writes => writes;

    public DatabaseKind Kind => database.Kind;

    public Task<T> WriteAsync<T>(Func<DbConnection, DbTransaction, Task<T>> work, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref writes);
        return database.WriteAsync(work, cancellationToken);
    }

    public Task<T> ReadAsync<T>(Func<DbConnection, Task<T>> query, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref reads);
        return database.ReadAsync(query, cancellationToken);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
