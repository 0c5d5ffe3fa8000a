using System.Data.Common;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Scheduler.Contracts.Plugins;
using Scheduler.Plugins.Export.Tables;
using Scheduler.Plugins.Export.Targets;
using Scheduler.Plugins.PackageFiles;

namespace Scheduler.Plugins.Export;

/// <summary>
/// Moves rows: from a query to files or to a table, or from a file to a table. Memory does not grow with the rows, and the target holds the
/// old data or the new, whatever happens.
/// </summary>
/// <remarks>
/// Safe to repeat. For a table, what is to be committed is stored as the handle before the last transaction begins; when nobody knows whether
/// that got through, the export waits and then asks the database, so that rows are appended once.
/// </remarks>
[NodeType("export", Title = "Export", TitleZh = "数据导出", Settings = typeof(ExportSettings),
    Description = "Moves rows from a query or file to files or a table, all or nothing.", DescriptionZh = "将查询或文件的行写入文件或表,全有或全无。")]
public sealed class ExportPlugin(ExportOptions options) : NodePlugin<ExportSettings>, IReattachingPlugin
{
    private const int MaxQuery = 1024 * 1024;

    /// <summary>Classes of SQLSTATE that another try meets again: features, data, constraints, rights, names and syntax.</summary>
    private static readonly string[] s_final = ["0A", "22", "23", "28", "3D", "3F", "42"];
    private static readonly TimeSpan Doubt = TimeSpan.FromSeconds(30);

    private readonly ExportRoot _root = new(options.Folder);

    public Task<NodeResult> ReattachAsync(NodeContext context, string handle, CancellationToken cancellationToken) =>
        JudgedAsync(() => CommitAsync(SettingsOf(context), context, TableCommit.Parse(handle), cancellationToken), cancellationToken);

    public Task KillAsync(NodeContext context, string handle, CancellationToken cancellationToken) =>
        Tables(context, SettingsOf(context)).AbandonAsync(Request(SettingsOf(context), context), cancellationToken);

    protected override Task<NodeResult> RunAsync(ExportSettings settings, NodeContext context, CancellationToken cancellationToken) =>
        JudgedAsync(async () =>
        {
            ExportPlan.Check(settings);
            if (settings.ToTable is not null) return await ToTableAsync(settings, context, cancellationToken);

            var (sql, failure) = await QueryAsync(settings, context, cancellationToken);
            return sql is null ? failure! : await ToFileAsync(settings, sql, context, cancellationToken);
        }, cancellationToken);

    private async Task<NodeResult> ToFileAsync(ExportSettings settings, string sql, NodeContext context, CancellationToken cancellationToken)
    {
        await using var rows = await QueryRows.OpenAsync(Find(context, settings.Datasource!), sql, cancellationToken);
        var request = new FileExportRequest(settings.ToFile!, ExportPlan.Format(settings), ExportPlan.Layout(settings));
        var result = await new FileExport(_root, context.Clock).RunAsync(rows.Reader, request, Progress(context), cancellationToken);
        rows.IsComplete = true;

        await InfoAsync(context, $"{result.Rows} rows, {result.Bytes} bytes in {result.Files.Count} file(s) at {settings.ToFile}");
        return new NodeResult.Succeeded(new Dictionary<string, string>
        {
            ["rows"] = Text(result.Rows),
            ["bytes"] = Text(result.Bytes),
            ["files"] = Text(result.Files.Count),
            ["checksum"] = result.RowChecksum,
        });
    }

    private async Task<NodeResult> ToTableAsync(ExportSettings settings, NodeContext context, CancellationToken cancellationToken)
    {
        var (request, tables) = (Request(settings, context), Tables(context, settings));
        TableCommit commit;
        await using (var target = await tables.OpenAsync(request, cancellationToken))
        {
            if (settings.FromFile is not null)
            {
                await using var file = await FileSource.OpenAsync(_root, settings, target.Columns, cancellationToken);
                commit = await tables.StageAsync(target, request, file, Progress(context), cancellationToken);
            }
            else
            {
                var (sql, failure) = await QueryAsync(settings, context, cancellationToken);
                if (sql is null) return failure!;

                await using var rows = await QueryRows.OpenAsync(Find(context, settings.Datasource!), sql, cancellationToken);
                commit = await tables.StageAsync(target, request, rows.Reader, Progress(context), cancellationToken);
                rows.IsComplete = true;
            }
        }

        context.Report(new NodeProgress(commit.Rows, Text: "moving the rows into the table"));
        await context.SaveHandleAsync(commit.ToString(), cancellationToken);
        return await CommitAsync(settings, context, commit, cancellationToken);
    }

    private static async Task<NodeResult> CommitAsync(ExportSettings settings, NodeContext context, TableCommit commit, CancellationToken cancellationToken)
    {
        var (request, tables) = (Request(settings, context), Tables(context, settings));
        try
        {
            await tables.CommitAsync(request, commit, cancellationToken);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested && (e is IOException or TimeoutException || (e is DbException database && MayPass(database))))
        {
            await context.Log.WriteLineAsync(LogLevel.Warn, $"The last transaction ended in doubt: {e.Message}", CancellationToken.None);
            return new NodeResult.Waiting("Asking the database whether the last transaction got through", Doubt);
        }
        catch
        {
            // In this order: a handle whose staging table is gone would say that the rows are in the table.
            await context.SaveHandleAsync(null, CancellationToken.None);
            await tables.CleanAsync(request);
            throw;
        }

        await InfoAsync(context, $"{commit.Rows} rows into {settings.ToTable} ({settings.Mode})");
        return new NodeResult.Succeeded(new Dictionary<string, string> { ["rows"] = Text(commit.Rows), ["checksum"] = commit.Checksum });
    }

    private static async Task<NodeResult> JudgedAsync(Func<Task<NodeResult>> work, CancellationToken cancellationToken)
    {
        try
        {
            return await work();
        }
        catch (Exception e) when (cancellationToken.IsCancellationRequested && e is DbException or IOException or InvalidOperationException)
        {
            throw new OperationCanceledException("Cancelled while the database was at work", e, cancellationToken);
        }
        catch (ExportException e)
        {
            return new NodeResult.Failed(e.Code, e.Message, CanRetry: e.Code is "export.busy" or "export.staging-lost");
        }
        catch (DbException e)
        {
            return new NodeResult.Failed("export.database", e.Message, MayPass(e));
        }
        catch (Exception e) when (e is InvalidCastException or FormatException or OverflowException or ArgumentOutOfRangeException)
        {
            return new NodeResult.Failed("export.value", $"A value cannot be read: {e.Message}", CanRetry: false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException or TimeoutException)
        {
            return new NodeResult.Failed("export.file", e.Message);
        }
    }

    private static async Task<(string? Sql, NodeResult.Failed? Failure)> QueryAsync(
        ExportSettings settings, NodeContext context, CancellationToken cancellationToken)
    {
        if (settings.Sql is not null) return (settings.Sql, null);

        var (file, failure) = await PackageFile.ReadAsync(context, "script.file", settings.ScriptFile!, MaxQuery, cancellationToken);
        return (file is null ? null : Encoding.UTF8.GetString(file.Content).TrimStart('\uFEFF'), failure);
    }

    internal static TableRequest Request(ExportSettings settings, NodeContext context) => new(
        Find(context, settings.ToDatasource!), TableName.Parse(settings.ToTable!), settings.Mode,
        settings.Mode switch
        {
            WriteMode.Upsert => settings.KeyColumns,
            WriteMode.ReplacePartition => settings.PartitionColumns,
            _ => [],
        },
        settings.Column);

    /// <summary>The staging table carries the idempotency key, and what tells clusters apart that number their executions alike.</summary>
    internal static TableExport Tables(NodeContext context, ExportSettings settings)
    {
        var parts = $"{context.Properties.GetValueOrDefault("azkaban.flow.uuid")}|{context.Properties.GetValueOrDefault("azkaban.flow.projectname")}|{settings.ToTable}";
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(parts)))[..8];
        return new(context.Clock, $"scheduler_export_{context.IdempotencyKey.Replace('.', '_')}_{hash}");
    }

    private static DataSource Find(NodeContext context, string name) =>
        context.FindDataSource(name) ?? throw new ExportException("datasource.unknown", $"There is no data source '{name}' for this node.");

    private static Action<long> Progress(NodeContext context)
    {
        var began = context.Clock.GetTimestamp();
        return rows =>
        {
            var rate = rows / Math.Max(0.001, context.Clock.GetElapsedTime(began).TotalSeconds);
            context.Report(new NodeProgress(rows, Text: string.Create(CultureInfo.InvariantCulture, $"{rate:N0} rows/s")));
        };
    }

    private static bool MayPass(DbException e) => e.IsTransient || !s_final.Contains(e.SqlState?.Length >= 2 ? e.SqlState[..2] : "");

    private static ValueTask InfoAsync(NodeContext context, string message) => context.Log.WriteLineAsync(LogLevel.Info, message);

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
