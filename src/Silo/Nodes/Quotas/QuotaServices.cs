using Microsoft.Extensions.DependencyInjection;
using Scheduler.Silo.Storage.Quotas;

namespace Scheduler.Silo.Nodes.Quotas;

/// <summary>Wires quotas. Needs <see cref="Storage.IDatabase"/> and <see cref="TimeProvider"/>.</summary>
internal static class QuotaServices
{
    /// <summary>Call it before anything that dispatches is added: hosted services start in this order.</summary>
    public static IServiceCollection AddQuotas(this IServiceCollection services) => services
        .AddSingleton<QuotaStore>()
        .AddSingleton<QuotaLimits>()
        .AddHostedService(provider => provider.GetRequiredService<QuotaLimits>())
        .AddSingleton<PermitStore>();

    /// <summary>What silos need beside that.</summary>
    public static IServiceCollection AddPermits(this IServiceCollection services) => services
        .AddSingleton<PermitReturns>()
        .AddHostedService<PermitSweep>();
}
