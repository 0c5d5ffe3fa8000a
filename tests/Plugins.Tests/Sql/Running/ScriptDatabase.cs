using Scheduler.Contracts.Plugins;

namespace Scheduler.Plugins.Tests.Sql.Running;

/// <summary>A data source with a real server behind it, and what is particular about its SQL.</summary>
public abstract class ScriptDatabase : IAsyncLifetime
{
    public abstract DataSource Source { get; }

    /// <summary>Runs for a minute unless it is stopped.</summary>
    public abstract string LongStatement { get; }

    /// <summary>Gives n from 1 to 5000 and a text.</summary>
    public abstract string ManyRows { get; }

    /// <summary>A character that a script may hold; not one of 16 bits where the driver can.</summary>
    public virtual string Picture => "👩‍🚀";

    /// <summary>How many of the long statements the server works on; null where it is a part of this process and cannot be asked.</summary>
    public abstract Task<long?> CountLongStatementsAsync();

    public abstract Task InitializeAsync();

    public abstract Task DisposeAsync();
}
