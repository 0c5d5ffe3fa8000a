using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Configuration;
using Scheduler.Silo.Storage;

namespace Scheduler.Silo.Hosting;

/// <summary>What a process does in the cluster.</summary>
[Flags]
internal enum Roles
{
    /// <summary>Runs executions and nodes.</summary>
    Silo = 1,

    /// <summary>Answers HTTP.</summary>
    Api = 2,
    All = Silo | Api,
}

/// <summary>Where a process keeps things and whom it talks to. Section <c>Scheduler</c> of the configuration.</summary>
internal sealed class SchedulerOptions
{
    public const string Section = "Scheduler";
    public const string DefaultUrl = "http://127.0.0.1:8081";

    /// <summary>What this process does. Default all.</summary>
    public Roles Roles { get; set; } = Roles.All;

    /// <summary>Addresses to answer HTTP on, separated by semicolons. Default <c>http://127.0.0.1:8081</c>.</summary>
    [Required]
    public string Urls { get; set; } = DefaultUrl;

    /// <summary>Folder for everything that is kept on this machine. Default <c>./data</c>.</summary>
    [Required]
    public string Data { get; set; } = "data";

    /// <summary>PostgreSQL connection string; makes the process a member of the cluster that shares the database. Null: embedded SQLite.</summary>
    public string? Database { get; set; }

    /// <summary>Port other silos reach this one on. 0 takes a free one. Default 0.</summary>
    [Range(0, 65535)]
    public int SiloPort { get; set; }

    /// <summary>Address other silos reach this one on. Default <c>127.0.0.1</c>.</summary>
    [Required]
    public string SiloAddress { get; set; } = "127.0.0.1";

    /// <summary>Silos with the same database and the same name form a cluster. Default <c>scheduler</c>.</summary>
    [Required]
    public string Cluster { get; set; } = "scheduler";

    /// <summary>What makes the values impossible together; null when nothing does.</summary>
    public string? FindFault() => Roles switch
    {
        < Roles.Silo or > Roles.All => $"'{Roles}' is no role; a process is all, silo or api.",
        not Roles.All when string.IsNullOrEmpty(Database) =>
            $"A process of the role {Roles.ToString().ToLowerInvariant()} is part of a cluster and needs --database; the embedded database serves one process with all roles.",
        _ => null,
    };

    /// <summary><see cref="Data"/> as a full path.</summary>
    public string DataFolder => Path.GetFullPath(Data);

    /// <summary>The database that goes with these options, with the patience of its own section.</summary>
    /// <exception cref="ValidationException">A value is out of its range.</exception>
    public DatabaseOptions ReadDatabase(IConfiguration configuration)
    {
        var database = configuration.GetSection(DatabaseOptions.Section).Get<DatabaseOptions>() ?? new DatabaseOptions();
        (database.ConnectionString, database.DataDirectory) = (Database, DataFolder);
        Validator.ValidateObject(database, new ValidationContext(database), validateAllProperties: true);
        return database;
    }
}
