using System.Data.Common;
using System.Reflection;

namespace Scheduler.Plugins.Odbc;

/// <summary>The door to ODBC: the official provider where its assembly is present, otherwise the thin one of this folder (ADR 0002).</summary>
internal static class OdbcFactories
{
    private const string Official = "System.Data.Odbc";

    /// <summary>The same for the whole life of the process.</summary>
    public static DbProviderFactory Current { get; } = FindOfficial() ?? OdbcFactory.Instance;

    private static DbProviderFactory? FindOfficial()
    {
        try
        {
            return Assembly.Load(Official).GetType($"{Official}.OdbcFactory")?.GetField("Instance")?.GetValue(null) as DbProviderFactory;
        }
        catch (Exception e) when (e is FileNotFoundException or FileLoadException or BadImageFormatException)
        {
            return null;
        }
    }
}
