using System.Globalization;
using Scheduler.Contracts.Plugins;

namespace Scheduler.Plugins.ProcessJobs;

/// <summary>The variables that every job of an Azkaban package may rely on.</summary>
internal static class JobEnvironment
{
    private const string Prefix = "env.";

    /// <param name="context">Its properties <c>env.NAME</c> become variables, with secrets revealed.</param>
    /// <param name="propertiesFile">All resolved properties.</param>
    /// <param name="outputFile">Empty; takes what the job hands on.</param>
    public static Dictionary<string, string> Create(NodeContext context, string propertiesFile, string outputFile)
    {
        Dictionary<string, string> variables = new(StringComparer.Ordinal);
        foreach (var (key, value) in context.Properties)
            if (key.Length > Prefix.Length && key.StartsWith(Prefix, StringComparison.Ordinal))
                variables[key[Prefix.Length..]] = context.Reveal(value);

        variables["JOB_PROP_FILE"] = propertiesFile;
        variables["JOB_OUTPUT_PROP_FILE"] = outputFile;
        variables["JOB_NAME"] = context.NodeName;
        variables["KRB5CCNAME"] = TicketCache(context);
        return variables;
    }

    /// <summary>One Kerberos ticket cache per job and user, so that jobs do not use or renew each other's tickets.</summary>
    private static string TicketCache(NodeContext context)
    {
        var execution = context.Attempt.ExecutionId.ToString(CultureInfo.InvariantCulture);
        string[] parts =
        [
            Property("azkaban.flow.projectname"), Property("azkaban.flow.flowid"), context.NodeName, execution,
            context.Properties.GetValueOrDefault("user.to.proxy") ?? Property("azkaban.flow.submituser"),
        ];
        return Path.Combine(Path.GetTempPath(), $"krb5cc__{string.Join("__", parts)}".Replace(' ', '_').Replace('/', '_'));

        string Property(string key) => context.Properties.GetValueOrDefault(key, "");
    }
}
