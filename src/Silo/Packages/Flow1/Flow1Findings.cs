using Scheduler.Contracts.Packages;

namespace Scheduler.Silo.Packages.Flow1;

/// <summary>What can be wrong with a Flow 1.0 package. Texts that Azkaban has are its own, letter for letter.</summary>
internal static class Flow1Findings
{
    public static Finding DuplicateJob(string job, string file) =>
        Finding.Error("package.duplicate-job", $"Duplicate job names found '{job}'.", file);

    public static Finding MissingType(Job job) =>
        Finding.Error("package.missing-type", $"Job doesn't have type set '{job.Name}'.", job.File);

    public static Finding PropertiesUnreadable(PackageFile file, string reason, int? line) =>
        Finding.Error(
            "package.properties-unreadable", $"Error loading properties {PackageDirectory.NameOf(file)}:{reason}", file.Path, line);

    public static Finding JobUnreadable(PackageFile file, string reason, int? line) =>
        Finding.Error("package.job-unreadable", $"Error loading job file {PackageDirectory.NameOf(file)}:{reason}", file.Path, line);

    public static Finding TooManyInheritedKeys(int limit, string file) =>
        Finding.Error(
            "package.too-many-inherited-keys", $"Properties inherited by directories make more than {limit} keys together.", file);

    public static Finding MissingDependency(Job job, string dependency) =>
        Finding.Error(
            "package.missing-dependency", $"{job.Name} cannot find dependency {dependency}", job.File, job.LineOf("dependencies"));

    public static Finding AmbiguousDependency(Job job, string dependency) =>
        Finding.Error(
            "package.ambiguous-dependency", $"{job.Name} has ambiguous dependency {dependency}", job.File, job.LineOf("dependencies"));

    public static Finding SelfDependency(Job job) =>
        Finding.Error("package.self-dependency", $"{job.Name} has a self cycle", job.File, job.LineOf("dependencies"));

    public static Finding Cycle(Job dependency, Job dependent) =>
        Finding.Error(
            "package.cycle", $"Cyclical dependency found at {dependency.Name}>>{dependent.Name}", dependent.File,
            dependent.LineOf("dependencies"));

    public static Finding LostInCycle(IReadOnlyList<string> jobs) =>
        Finding.Warning(
            "package.unreachable-jobs", $"These jobs wait for each other, end in no other job and so belong to no workflow: {Names(jobs)}");

    public static Finding EmbeddedCycle(string workflow, string embedded) =>
        Finding.Error("package.embedded-cycle", $"Embedded flow cycle found in {workflow}->{embedded}");

    public static Finding MissingWorkflow(string workflow, string embedded, Job job) =>
        Finding.Error(
            "package.missing-workflow", $"Flow {workflow} depends on {embedded} but can't be found.", job.File, job.LineOf("flow.name"));

    public static Finding ReservedName(Job job) =>
        Finding.Error("package.reserved-name", $"{job.Name} is not allowed as a name. Pick some other name.", job.File);

    private static string Names(IReadOnlyList<string> names) =>
        string.Join(", ", names.Take(10)) + (names.Count > 10 ? $" and {names.Count - 10} more" : "");
}
