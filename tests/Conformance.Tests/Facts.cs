using System.Reflection;

namespace Scheduler.Conformance.Tests;

/// <summary>Runs the facts of a conformance class as xunit does: each on an object of its own.</summary>
internal static class Facts
{
    /// <summary>Names of the facts that do not hold.</summary>
    public static async Task<IReadOnlyList<string>> ThatFailAsync(Func<PluginConformance> create)
    {
        List<string> failed = [];
        foreach (var fact in create().GetType().GetMethods().Where(method => method.GetCustomAttribute<FactAttribute>() is not null))
            if (await Record.ExceptionAsync(() => RunAsync(create(), fact)) is not null) failed.Add(fact.Name);
        return failed;
    }

    private static Task RunAsync(PluginConformance conformance, MethodInfo fact) =>
        fact.Invoke(conformance, BindingFlags.DoNotWrapExceptions, null, null, null) as Task ?? Task.CompletedTask;
}
