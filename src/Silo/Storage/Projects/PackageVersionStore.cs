using Dapper;
using Scheduler.Contracts.Packages;
using Scheduler.Silo.Projects;

namespace Scheduler.Silo.Storage.Projects;

/// <summary>What the reader made of an archive: addresses in the content store.</summary>
/// <param name="DefinitionSha256">The workflows; see <see cref="DefinitionJson"/>.</param>
/// <param name="ManifestSha256">Files and warnings; see <see cref="PackageManifest"/>.</param>
/// <param name="Reader">The build that read it.</param>
internal sealed record ReadPackage(string DefinitionSha256, string ManifestSha256, string Reader);

/// <summary>The versions of packages: rows are added, never changed.</summary>
internal sealed class PackageVersionStore(IDatabase database)
{
    private const string Columns = """
        project_id AS ProjectId, number AS Number, file_name AS FileName, sha256 AS Sha256, length AS Length,
        definition_sha256 AS DefinitionSha256, manifest_sha256 AS ManifestSha256, reader AS Reader,
        uploaded_by AS UploadedBy, uploaded_at AS UploadedAt
        """;

    private readonly SharedReads<int, (PackageVersion Version, ReadPackage Read)?> newest = new(id => FindNewestAsync(database, id));

    /// <summary>
    /// Adds the version with the project's next number, whatever number it carries. Uploads that meet take turns at the project's
    /// row, so numbers have neither gaps nor doubles.
    /// </summary>
    /// <returns>The version as stored; null when the project is not active.</returns>
    public Task<PackageVersion?> AddAsync(PackageVersion version, ReadPackage read, CancellationToken cancellationToken) =>
        database.WriteAsync(async (connection, transaction) =>
        {
            var number = await connection.ExecuteScalarAsync<int?>("""
                UPDATE project
                SET latest_version = coalesce(latest_version, 0) + 1, modified_by = @UploadedBy, modified_at = @UploadedAt
                WHERE project_id = @ProjectId AND active_name IS NOT NULL
                RETURNING latest_version
                """, new { version.ProjectId, version.UploadedBy, UploadedAt = version.UploadedAt.ToStored() }, transaction);
            if (number is null) return null;

            var numbered = version with { Number = number.Value };
            await connection.ExecuteAsync("""
                INSERT INTO package_version (
                    project_id, number, file_name, sha256, length, definition_sha256, manifest_sha256, reader, uploaded_by, uploaded_at)
                VALUES (
                    @ProjectId, @Number, @FileName, @Sha256, @Length, @DefinitionSha256, @ManifestSha256, @Reader, @UploadedBy,
                    @UploadedAt)
                """, Row.Of(numbered, read), transaction);
            await ProjectEvents.AppendAsync(connection, transaction, version.ProjectId, Audit.Uploaded(numbered));
            return numbered;
        }, cancellationToken);

    /// <summary>Null when there is no such version; null for <paramref name="number"/> takes the newest.</summary>
    public Task<(PackageVersion Version, ReadPackage Read)?> FindAsync(int projectId, int? number, CancellationToken cancellationToken) =>
        number is null
            ? newest.ReadAsync(projectId, cancellationToken)
            : QueryAsync(
                database, $"SELECT {Columns} FROM package_version WHERE project_id = @projectId AND number = @number",
                new { projectId, number }, cancellationToken);

    private static Task<(PackageVersion Version, ReadPackage Read)?> FindNewestAsync(IDatabase database, int projectId) => QueryAsync(
        database, $"SELECT {Columns} FROM package_version WHERE project_id = @projectId ORDER BY number DESC LIMIT 1",
        new { projectId }, CancellationToken.None);

    private static async Task<(PackageVersion Version, ReadPackage Read)?> QueryAsync(
        IDatabase database, string statement, object parameters, CancellationToken cancellationToken)
    {
        var row = await database.ReadAsync(
            connection => connection.QuerySingleOrDefaultAsync<Row>(statement, parameters), cancellationToken);
        return row is null ? null : (row.ToVersion(), new ReadPackage(row.DefinitionSha256, row.ManifestSha256, row.Reader));
    }

    private sealed class Row
    {
        public int ProjectId { get; init; }
        public int Number { get; init; }
        public string FileName { get; init; } = "";
        public string Sha256 { get; init; } = "";
        public long Length { get; init; }
        public string DefinitionSha256 { get; init; } = "";
        public string ManifestSha256 { get; init; } = "";
        public string Reader { get; init; } = "";
        public string UploadedBy { get; init; } = "";
        public long UploadedAt { get; init; }

        public static Row Of(PackageVersion version, ReadPackage read) => new()
        {
            ProjectId = version.ProjectId,
            Number = version.Number,
            FileName = version.FileName,
            Sha256 = version.Sha256,
            Length = version.Length,
            DefinitionSha256 = read.DefinitionSha256,
            ManifestSha256 = read.ManifestSha256,
            Reader = read.Reader,
            UploadedBy = version.UploadedBy,
            UploadedAt = version.UploadedAt.ToStored(),
        };

        public PackageVersion ToVersion() =>
            new(ProjectId, Number, FileName, Sha256, Length, UploadedBy, StoredInstant.FromStored(UploadedAt));
    }
}
