using System.Xml.Linq;
using Dapper;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace Scheduler.Silo.Storage.Secrets;

/// <summary>The keys of Data Protection as rows, so that every process on the database has the same ones.</summary>
/// <remarks>The interface knows no tasks. It is asked once a day at most, never on a thread that grains use.</remarks>
internal sealed class KeyRingTable(IDatabase database) : IXmlRepository
{
    public IReadOnlyCollection<XElement> GetAllElements() =>
        [.. Task.Run(ReadAsync).GetAwaiter().GetResult().Select(XElement.Parse)];

    /// <param name="element">The key.</param>
    /// <param name="friendlyName">Holds the key's own id, so it is unique.</param>
    public void StoreElement(XElement element, string friendlyName) =>
        Task.Run(() => StoreAsync(friendlyName, element.ToString(SaveOptions.DisableFormatting))).GetAwaiter().GetResult();

    private Task<IEnumerable<string>> ReadAsync() => database.ReadAsync(
        connection => connection.QueryAsync<string>("SELECT xml FROM protection_key ORDER BY name"), CancellationToken.None);

    private Task<int> StoreAsync(string name, string xml) => database.WriteAsync(
        (connection, transaction) => connection.ExecuteAsync(
            "INSERT INTO protection_key (name, xml) VALUES (@Name, @Xml)", new { Name = name, Xml = xml }, transaction),
        CancellationToken.None);
}
