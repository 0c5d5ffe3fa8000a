using Microsoft.Extensions.Logging.Abstractions;
using Scheduler.Silo.Storage;
using Scheduler.Silo.Storage.Journal;
using Scheduler.Silo.Storage.PostgreSql;

namespace Scheduler.Silo.Tests.Storage.Journal;

/// <summary>A journal and the connection pool under it, as one silo has them.</summary>
internal sealed class JournalOfOneSilo : IAsyncDisposable
{
    private JournalOfOneSilo(DatabaseOptions options)
    {
        Database = new PostgreSqlDatabase(options, TimeProvider.System);
        Journal = new PostgreSqlJournal(Database, options, TimeProvider.System, NullLogger<PostgreSqlJournal>.Instance);
    }

    public PostgreSqlDatabase Database { get; }

    public PostgreSqlJournal Journal { get; }

    public static JournalOfOneSilo Open(DatabaseOptions options) => new(options);

    public async ValueTask DisposeAsync()
    {
        await Journal.DisposeAsync();
        await Database.DisposeAsync();
    }
}
