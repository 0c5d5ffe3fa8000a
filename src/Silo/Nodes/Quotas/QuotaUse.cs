namespace Scheduler.Silo.Nodes.Quotas;

/// <summary>A quota and how far it is used.</summary>
/// <param name="Key">As <see cref="QuotaKey"/> makes it.</param>
/// <param name="Limit">Attempts that may run at one time; 0 holds everything back.</param>
/// <param name="Running">Attempts that count for it now; more than the limit after that was lowered.</param>
internal sealed record QuotaUse(string Key, int Limit, int Running);
