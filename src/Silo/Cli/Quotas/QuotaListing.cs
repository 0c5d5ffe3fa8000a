using System.Globalization;
using Scheduler.Silo.Cli.Rendering;
using Scheduler.Silo.Nodes.Quotas;

namespace Scheduler.Silo.Cli.Quotas;

/// <summary>The list of quotas for a person.</summary>
internal static class QuotaListing
{
    public static IEnumerable<string> ToTable(IReadOnlyList<QuotaUse> quotas) => Columns.Of(["QUOTA", "LIMIT", "RUNNING"], quotas.Select(ToCells));

    private static string[] ToCells(QuotaUse quota) =>
        [quota.Key, quota.Limit.ToString(CultureInfo.InvariantCulture), quota.Running.ToString(CultureInfo.InvariantCulture)];
}
