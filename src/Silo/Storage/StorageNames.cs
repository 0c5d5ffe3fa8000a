namespace Scheduler.Silo.Storage;

/// <summary>Names under which stores are registered.</summary>
internal static class StorageNames
{
    /// <summary>The AdoNet grain storage of grains that change rarely.</summary>
    public const string Grains = "grains";
}
