using System.Reflection;
using DbUp.Engine;

namespace Scheduler.Silo.Storage.Migrations;

/// <summary>
/// The scripts compiled into this assembly, known to the database by file name (<c>0001_orleans.sql</c>) and run in the order of
/// their names. A line holding nothing but <c>;</c> ends a command; most scripts are one command of many statements.
/// </summary>
internal static class MigrationScripts
{
    public static IReadOnlyList<SqlScript> For(DatabaseKind kind)
    {
        var assembly = Assembly.GetExecutingAssembly();
        var prefix = $"{typeof(MigrationScripts).Namespace}.{kind}.";

        return assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(prefix, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(name => new SqlScript(name[prefix.Length..], Read(assembly, name)))
            .ToList();
    }

    private static string Read(Assembly assembly, string name)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}
