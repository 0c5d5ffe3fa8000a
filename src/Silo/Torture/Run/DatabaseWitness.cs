using System.Text;
using Scheduler.Contracts.Instances;
using Scheduler.Silo.Instances;
using Scheduler.Silo.Torture.Cluster;
using Scheduler.Silo.Torture.Evidence;

namespace Scheduler.Silo.Torture.Run;

/// <summary>Reads from the tables what the cluster has recorded.</summary>
internal sealed class DatabaseWitness(TortureDatabase database)
{
    public async Task<IReadOnlyList<RecordedExecution>> ReadExecutionsAsync(CancellationToken cancellationToken)
    {
        var rows = (await database.QueryAsync(
            "SELECT execution_id, sequence, epoch, payload FROM execution_event ORDER BY execution_id, sequence",
            row => (Execution: row.GetInt64(0), Row: Decode(row.GetInt32(1), row.GetGuid(2), row.GetFieldValue<byte[]>(3))), cancellationToken))
            .ToLookup(row => row.Execution, row => row.Row);
        return await database.QueryAsync(
            "SELECT id, workflow_id, status FROM execution ORDER BY id",
            row => new RecordedExecution(row.GetInt64(0), row.GetString(1), (ExecutionStatus)row.GetInt16(2), [.. rows[row.GetInt64(0)]]),
            cancellationToken);
    }

    public async Task<IReadOnlyList<StoredLog>> ReadLogsAsync(CancellationToken cancellationToken)
    {
        var chunks = await database.QueryAsync(
            "SELECT execution_id, node, attempt, position, bytes FROM log_chunk ORDER BY execution_id, node, attempt, position",
            row => (Key: (row.GetInt64(0), row.GetInt32(1), row.GetInt32(2)), Part: new LogPart(row.GetInt64(3), Encoding.Latin1.GetString(row.GetFieldValue<byte[]>(4)))),
            cancellationToken);
        return [.. chunks.GroupBy(chunk => chunk.Key).Select(log => new StoredLog(log.Key.Item1, log.Key.Item2, log.Key.Item3, [.. log.Select(chunk => chunk.Part)]))];
    }

    /// <param name="acknowledged">Version numbers by project.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<IReadOnlyList<UploadRecord>> ReadUploadsAsync(
        IReadOnlyDictionary<string, IReadOnlyList<int>> acknowledged, CancellationToken cancellationToken)
    {
        var stored = (await database.QueryAsync(
            "SELECT p.name, v.number FROM package_version v JOIN project p ON p.project_id = v.project_id",
            row => (Project: row.GetString(0), Number: row.GetInt32(1)), cancellationToken))
            .ToLookup(version => version.Project, version => version.Number);
        return [.. acknowledged.Select(project => new UploadRecord(project.Key, project.Value, [.. stored[project.Key]]))];
    }

    private static RecordedRow Decode(int sequence, Guid epoch, byte[] payload)
    {
        try
        {
            return new RecordedRow(sequence, epoch, ExecutionCodec.DecodeRow(payload));
        }
        catch (ExecutionFormatException exception)
        {
            return new RecordedRow(sequence, epoch, [], exception.Message);
        }
    }
}
