using System.Data.Common;
using Scheduler.Silo.Storage;

namespace Scheduler.Silo.Tests.Projects;

/// <summary>A database before whose queries something happens.</summary>
internal sealed class HookedDatabase(IDatabase database) : IDatabase
{
    public required Action BeforeRead { get; init; }

    public DatabaseKind Kind => database.Kind;

    public Task<T> WriteAsync<T>(Func<DbConnection, DbTransaction, Task<T>> work, CancellationToken cancellationToken) =>
        database.WriteAsync(work, cancellationToken);

    public Task<T> ReadAsync<T>(Func<DbConnection, Task<T>> query, CancellationToken cancellationToken)
    {
        BeforeRead();
        return database.ReadAsync(query, cancellationToken);
    }

    /// <summary>The database belongs to the fixture.</summary>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
