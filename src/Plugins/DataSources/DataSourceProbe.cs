using Scheduler.Contracts.DataSources;
using Scheduler.Contracts.Plugins;

namespace Scheduler.Plugins.DataSources;

/// <summary>Opens a connection and closes it again.</summary>
public sealed class DataSourceProbe : IDataSourceProbe
{
    public async Task<string?> TestAsync(DataSource source, CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = DataSourceConnections.Create(source);
            await connection.OpenAsync(cancellationToken);
            return null;
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            return Explain(exception);
        }
    }

    /// <summary>Drivers hide the reason in the innermost exception as often as in the outermost.</summary>
    private static string Explain(Exception exception)
    {
        var cause = exception.GetBaseException();
        return cause.Message == exception.Message ? exception.Message : $"{exception.Message}: {cause.Message}";
    }
}
