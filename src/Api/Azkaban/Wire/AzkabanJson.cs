using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Scheduler.Api.Azkaban.Wire;

/// <summary>
/// JSON as Azkaban's writers print it. Pretty: two spaces, a space on both sides of the colon, arrays on one line, an empty object
/// over two lines. Compact: no white space. Clients compare these bytes; the writers of .NET print others.
/// </summary>
internal static class AzkabanJson
{
    /// <summary>Writes a value of any depth; there is no line end behind it.</summary>
    public static void Write(IBufferWriter<byte> output, JsonNode root, bool pretty)
    {
        var open = new Stack<Container>();
        WriteValue(output, root, open, pretty);
        while (open.TryPeek(out var container))
        {
            if (!container.MoveNext())
            {
                open.Pop();
                WriteEnd(output, container, pretty);
                continue;
            }

            WriteSeparator(output, container, pretty);
            if (container.Key is { } key) WriteKey(output, key, pretty);
            WriteValue(output, container.Value, open, pretty);
        }
    }

    /// <summary>Writes the inside of a JSON string, without its quotes. Only what JSON demands is escaped.</summary>
    public static void WriteEscaped(IBufferWriter<byte> output, ReadOnlySpan<char> text)
    {
        while (true)
        {
            var plain = text.IndexOfAny(Special);
            Encoding.UTF8.GetBytes(plain < 0 ? text : text[..plain], output);
            if (plain < 0) return;

            Encoding.UTF8.GetBytes(Escape(text[plain]), output);
            text = text[(plain + 1)..];
        }
    }

    private static readonly SearchValues<char> Special =
        SearchValues.Create([.. Enumerable.Range(0, 0x20).Select(code => (char)code), '"', '\\']);

    private static string Escape(char character) => character switch
    {
        '"' => "\\\"",
        '\\' => "\\\\",
        '\b' => "\\b",
        '\f' => "\\f",
        '\n' => "\\n",
        '\r' => "\\r",
        '\t' => "\\t",
        _ => $"\\u{(int)character:X4}",
    };

    private static void WriteValue(IBufferWriter<byte> output, JsonNode? value, Stack<Container> open, bool pretty)
    {
        switch (value)
        {
            case JsonObject members:
                output.Write("{"u8);
                open.Push(Container.Of(members, open.Count == 0 ? 1 : open.Peek().Indent + 1));
                break;
            case JsonArray items:
                output.Write("["u8);
                open.Push(Container.Of(items, open.Count == 0 ? 0 : open.Peek().Indent));
                break;
            case null:
                output.Write("null"u8);
                break;
            case var text when text.GetValueKind() == JsonValueKind.String:
                output.Write("\""u8);
                WriteEscaped(output, text.GetValue<string>());
                output.Write("\""u8);
                break;
            case var scalar:
                Encoding.UTF8.GetBytes(scalar.ToJsonString(), output);
                break;
        }
    }

    private static void WriteKey(IBufferWriter<byte> output, string key, bool pretty)
    {
        output.Write("\""u8);
        WriteEscaped(output, key);
        output.Write(pretty ? "\" : "u8 : "\":"u8);
    }

    private static void WriteSeparator(IBufferWriter<byte> output, Container container, bool pretty)
    {
        if (!container.IsFirst) output.Write(","u8);
        if (!pretty) return;

        if (container.IsObject) WriteNewLine(output, container.Indent);
        else output.Write(" "u8);
    }

    private static void WriteEnd(IBufferWriter<byte> output, Container container, bool pretty)
    {
        if (pretty && container.IsObject) WriteNewLine(output, container.Indent - 1);
        else if (pretty) output.Write(" "u8);
        output.Write(container.IsObject ? "}"u8 : "]"u8);
    }

    private static void WriteNewLine(IBufferWriter<byte> output, int indent)
    {
        var length = 1 + (2 * indent);
        var span = output.GetSpan(length)[..length];
        span.Fill((byte)' ');
        span[0] = (byte)'\n';
        output.Advance(length);
    }

    /// <summary>An object or array that has been begun. Arrays do not indent what is in them.</summary>
    private sealed class Container(IEnumerator<KeyValuePair<string?, JsonNode?>> entries, bool isObject, int indent)
    {
        private int seen;

        public bool IsObject => isObject;
        public int Indent => indent;
        public bool IsFirst => seen == 1;
        public string? Key => entries.Current.Key;
        public JsonNode? Value => entries.Current.Value;

        public static Container Of(JsonObject members, int indent) =>
            new(members.Select(member => KeyValuePair.Create((string?)member.Key, member.Value)).GetEnumerator(), true, indent);

        public static Container Of(JsonArray items, int indent) =>
            new(items.Select(item => KeyValuePair.Create((string?)null, item)).GetEnumerator(), false, indent);

        public bool MoveNext()
        {
            seen++;
            return entries.MoveNext();
        }
    }
}
