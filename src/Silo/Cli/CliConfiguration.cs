using Microsoft.Extensions.Configuration;
using Scheduler.Silo.Hosting;
using Scheduler.Silo.Storage;

namespace Scheduler.Silo.Cli;

/// <summary>What verbs without a server are configured by: the same file, variables and flags as the server.</summary>
internal static class CliConfiguration
{
    private const string VariablePrefix = "SCHEDULER_";

    /// <param name="flags">Win over the environment, which wins over <c>appsettings.json</c> in the current folder.</param>
    public static IConfigurationRoot Read(IEnumerable<KeyValuePair<string, string?>> flags)
    {
        var builder = new ConfigurationBuilder();
        AddTo(builder, flags);
        return builder.Build();
    }

    /// <inheritdoc cref="Read"/>
    public static void AddTo(IConfigurationBuilder builder, IEnumerable<KeyValuePair<string, string?>> flags) => builder
        .AddJsonFile(Path.GetFullPath("appsettings.json"), optional: true, reloadOnChange: false)
        .AddEnvironmentVariables(VariablePrefix)
        .AddInMemoryCollection(flags);

    /// <summary>The database a server with the same configuration would use.</summary>
    public static DatabaseOptions ReadDatabase(IEnumerable<KeyValuePair<string, string?>> flags) => ReadDatabase(Read(flags));

    /// <inheritdoc cref="ReadDatabase(IEnumerable{KeyValuePair{string, string}})"/>
    public static DatabaseOptions ReadDatabase(IConfiguration configuration)
    {
        var options = ReadScheduler(configuration);
        return options.ReadDatabase(configuration);
    }

    public static SchedulerOptions ReadScheduler(IConfiguration configuration) =>
        configuration.GetSection(SchedulerOptions.Section).Get<SchedulerOptions>() ?? new SchedulerOptions();
}
