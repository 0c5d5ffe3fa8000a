namespace Scheduler.Contracts.Packages;

/// <summary>One accepted upload of a project. Immutable: running executions keep theirs whatever is uploaded later.</summary>
/// <param name="ProjectId">The project it belongs to.</param>
/// <param name="Number">Counted from 1 within the project, one per accepted upload.</param>
/// <param name="FileName">The name the client gave the archive.</param>
/// <param name="Sha256">Lower-case hex of the archive's bytes, its address in the content store.</param>
/// <param name="Length">Bytes of the archive.</param>
/// <param name="UploadedBy">User name.</param>
/// <param name="UploadedAt">UTC.</param>
[GenerateSerializer, Immutable, Alias("scheduler/package-version")]
public sealed record PackageVersion(
    int ProjectId, int Number, string FileName, string Sha256, long Length, string UploadedBy, DateTimeOffset UploadedAt);
