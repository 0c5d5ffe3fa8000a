using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Scheduler.Api;
using Scheduler.Silo.Nodes.Quotas;
using Scheduler.Silo.Projects;
using Scheduler.Silo.Secrets;
using Scheduler.Silo.Storage;
using Scheduler.Silo.Storage.Logs;
using Scheduler.Silo.Storage.Migrations;
using Scheduler.Silo.Users;

namespace Scheduler.Silo.Hosting;

/// <summary>The composition root: puts a process together from its configuration and gets its database ready.</summary>
internal static class SchedulerHost
{
    /// <summary>
    /// Settings hold for the life of a process. To see them change the host would watch every file below its folder, those that jobs
    /// make included: a twentieth of the cost of a shell node.
    /// </summary>
    private const string ReadConfigurationOnce = "--hostBuilder:reloadConfigOnChange=false";

    /// <summary>A process that is ready to be started. Nothing has been opened or written yet.</summary>
    /// <param name="flags">Configuration that wins over the environment and the settings file.</param>
    /// <param name="addServices">What somebody embedding the server adds, such as node types.</param>
    public static WebApplication Build(
        IEnumerable<KeyValuePair<string, string?>> flags, Action<IServiceCollection>? addServices = null)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { Args = [ReadConfigurationOnce] });
        builder.Configuration.AddEnvironmentVariables("SCHEDULER_").AddInMemoryCollection(flags);

        var options = builder.Configuration.GetSection(SchedulerOptions.Section).Get<SchedulerOptions>() ?? new SchedulerOptions();
        var database = options.ReadDatabase(builder.Configuration);

        ConfigureLogging(builder.Logging);
        builder.Services.AddOptions<SchedulerOptions>().BindConfiguration(SchedulerOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddSingleton(database);
        builder.Services.AddStorage(database, builder.Configuration.GetSection("Logs").Get<LogOptions>() ?? new LogOptions());
        builder.Services.AddUsers().AddPackages().AddProjects().AddQuotas().AddSecrets();
        builder.Host.UseOrleans(silo => silo.UseScheduler(options, database));
        builder.Services.AddEngine(options);
        if (options.Roles.HasFlag(Roles.Api)) builder.Services.AddSchedulerApi();
        addServices?.Invoke(builder.Services);
        builder.WebHost.UseUrls(options.Urls.Split(';')).ConfigureKestrel(server => server.ConfigureSchedulerApi());

        var app = builder.Build();
        if (options.Roles.HasFlag(Roles.Api)) app.MapSchedulerApi();
        else app.MapSchedulerHealth();
        return app;
    }

    /// <summary>Brings the schema up to date and makes sure that somebody can log in.</summary>
    public static async Task PrepareAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        await DatabaseMigrator.MigrateAsync(services.GetRequiredService<DatabaseOptions>(), cancellationToken);

        var given = services.GetRequiredService<IConfiguration>()[FirstAdmin.PasswordVariable];
        if (await services.GetRequiredService<FirstAdmin>().EnsureAsync(given, cancellationToken) is FirstAdminResult.MadeWithPassword made)
            Console.WriteLine($"There were no users. Log in as '{FirstAdmin.Name}' with the password {made.Password} (it is shown only now).");
    }

    /// <summary>Tells where the server can be reached.</summary>
    public static void Announce(WebApplication app, TextWriter output)
    {
        foreach (var url in app.Urls) output.WriteLine($"Scheduler is ready at {url}");
    }

    private static void ConfigureLogging(ILoggingBuilder logging)
    {
        logging.ClearProviders();
        logging.AddSimpleConsole(console => (console.SingleLine, console.TimestampFormat) = (true, "yyyy-MM-dd HH:mm:ss.fff "));
        logging.AddFilter("Orleans", LogLevel.Warning).AddFilter("Microsoft", LogLevel.Warning).AddFilter("Polly", LogLevel.Warning);
    }
}
