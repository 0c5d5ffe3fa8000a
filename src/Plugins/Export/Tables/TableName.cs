using System.Text;

namespace Scheduler.Plugins.Export.Tables;

/// <summary>A table as authors write it: <c>orders</c>, <c>sales.orders</c>, and with quotes around parts that hold a dot. Letters keep their case.</summary>
/// <param name="Schema">Null when it is not said.</param>
/// <param name="Name">Without quotes.</param>
internal sealed record TableName(string? Schema, string Name)
{
    public static TableName Parse(string text)
    {
        List<string> parts = [];
        var part = new StringBuilder();
        var quote = '\0';
        for (var i = 0; i < text.Length; i++)
        {
            var character = text[i];
            if (quote != '\0' && character == quote && i + 1 < text.Length && text[i + 1] == quote) part.Append(text[i++]);
            else if (character == quote) quote = '\0';
            else if (quote == '\0' && part.Length == 0 && character is '"' or '`') quote = character;
            else if (quote == '\0' && character == '.') EndPart();
            else part.Append(character);
        }

        EndPart();
        return parts.TrueForAll(name => name.Length > 0 && !name.Contains('\0')) && quote == '\0' && parts.Count <= 2
            ? new(parts.Count == 2 ? parts[0] : null, parts[^1])
            : throw new ExportException("export.table", $"'{text}' is no name of a table, such as orders or sales.orders.");

        void EndPart()
        {
            parts.Add(part.ToString());
            part.Clear();
        }
    }

    public override string ToString() => Schema is null ? Name : $"{Schema}.{Name}";
}
