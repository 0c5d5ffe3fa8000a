using System.Globalization;
using Scheduler.Silo.Torture.Evidence;
using Scheduler.Silo.Torture.Load;

namespace Scheduler.Silo.Torture.Run;

/// <summary>Gives a cluster what a load plan says, as clients would: through the API of whichever silo answers.</summary>
internal sealed class LoadDriver(LoadPlan plan, string ledgers, IReadOnlyList<Uri> silos, AzkabanCaller caller, TimeProvider clock)
{
    private static readonly TimeSpan PauseBetweenUploads = TimeSpan.FromSeconds(8);

    private readonly List<OrderInHand> orders = [.. plan.Orders.Select(order => new OrderInHand(order, silos, caller, clock))];
    private readonly List<(string Project, byte[] Zip, List<int> Versions)> packages =
    [
        .. plan.Workflows.GroupBy(workflow => workflow.Project)
            .Select(project => (project.Key, LoadPackage.Create(project, ledgers), new List<int>())),
    ];

    public int Acknowledged => orders.Count(order => order.IsAcknowledged);

    public IReadOnlyList<OrderRecord> Orders => [.. orders.Select(order => order.ToRecord())];

    /// <summary>Versions of each project that an upload was answered with.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<int>> Versions =>
        packages.ToDictionary(package => package.Project, package => (IReadOnlyList<int>)[.. package.Versions]);

    /// <summary>Makes the projects and uploads the packages, before anything is done to the cluster.</summary>
    /// <exception cref="TortureImpossibleException">The cluster does not take them.</exception>
    public async Task PrepareAsync(CancellationToken cancellationToken)
    {
        foreach (var package in packages)
        {
            var created = await caller.PostAsync(
                silos[0], "manager", cancellationToken, ("action", "create"), ("name", package.Project), ("description", "torture"));
            if ((string?)(created as CallResult.Answered)?.Json["status"] != "success")
                throw new TortureImpossibleException($"The project {package.Project} could not be made: {created}");
            if (await UploadAsync(package, silos[0], cancellationToken) is { } fault)
                throw new TortureImpossibleException($"The package of {package.Project} was not taken: {fault}");
        }
    }

    /// <summary>Completes when every order has been answered or given up.</summary>
    /// <param name="duration">How long packages are uploaded again and again.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    public Task RunAsync(TimeSpan duration, CancellationToken cancellationToken) =>
        Task.WhenAll([UploadAgainAsync(duration, cancellationToken), .. orders.Select(order => order.GiveAsync(cancellationToken))]);

    private async Task UploadAgainAsync(TimeSpan duration, CancellationToken cancellationToken)
    {
        var start = clock.GetTimestamp();
        for (var upload = 0; clock.GetElapsedTime(start) < duration; upload++)
        {
            await UploadAsync(packages[upload % packages.Count], silos[upload % silos.Count], cancellationToken);
            await Task.Delay(PauseBetweenUploads, clock, cancellationToken);
        }
    }

    /// <returns>Why there is no new version; null when there is one.</returns>
    private async Task<string?> UploadAsync(
        (string Project, byte[] Zip, List<int> Versions) package, Uri silo, CancellationToken cancellationToken)
    {
        var result = await caller.UploadAsync(silo, package.Project, package.Zip, cancellationToken);
        if ((string?)(result as CallResult.Answered)?.Json["version"] is not { } version) return result.ToString();

        package.Versions.Add(int.Parse(version, CultureInfo.InvariantCulture));
        return null;
    }
}
