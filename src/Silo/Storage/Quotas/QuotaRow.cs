namespace Scheduler.Silo.Storage.Quotas;

/// <summary>A limit as it is stored, and how many attempts count for it where that was asked for.</summary>
internal sealed class QuotaRow
{
    public string Key { get; init; } = "";
    public long RunningLimit { get; init; }
    public long Running { get; init; }
}
