namespace Scheduler.Contracts.Packages;

/// <summary>One file of a package, addressed by its content.</summary>
/// <param name="Path">Relative, forward slashes, no <c>.</c> or <c>..</c> parts.</param>
/// <param name="Sha256">Lower-case hex of the content.</param>
/// <param name="Length">Bytes.</param>
[GenerateSerializer, Immutable, Alias("scheduler/package-file")]
public sealed record PackageFile(string Path, string Sha256, long Length);
