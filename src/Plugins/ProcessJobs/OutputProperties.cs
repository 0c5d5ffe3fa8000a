using System.Text;
using System.Text.Json;

namespace Scheduler.Plugins.ProcessJobs;

/// <summary>What a job has written to its output file: a JSON object whose members become text as Java would print them.</summary>
internal static class OutputProperties
{
    private static readonly JsonReaderOptions s_options = new() { MaxDepth = 64 };

    /// <summary>Names that only the engine may set; a later job reads them as facts about its own run.</summary>
    public static bool IsReserved(string name) => name.StartsWith("azkaban.", StringComparison.Ordinal);

    /// <param name="file">UTF-8. Blank means no properties.</param>
    /// <param name="properties">The members in order; of two with the same name the later one.</param>
    /// <returns>Null, or what is wrong with the file.</returns>
    public static string? Parse(ReadOnlySpan<byte> file, out Dictionary<string, string> properties)
    {
        properties = [];
        if (file.Trim(" \t\r\n"u8).IsEmpty) return null;

        try
        {
            var reader = new Utf8JsonReader(file, s_options);
            reader.Read();
            if (reader.TokenType != JsonTokenType.StartObject) return "it holds no JSON object";

            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var name = reader.GetString()!;
                reader.Read();
                properties[name] = ReadText(ref reader);
            }

            reader.Read();   // anything behind the object is an error
            return null;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            properties = [];
            return exception.Message;
        }
    }

    /// <summary>A scalar as it is; maps as <c>{a=1, b=2}</c> and lists as <c>[1, 2]</c>, in one pass however deep.</summary>
    private static string ReadText(ref Utf8JsonReader reader)
    {
        if (reader.TokenType is not (JsonTokenType.StartObject or JsonTokenType.StartArray)) return Scalar(ref reader);

        var text = new StringBuilder();
        var depth = reader.CurrentDepth;
        var followsValue = false;
        while (true)
        {
            var isEnd = reader.TokenType is JsonTokenType.EndObject or JsonTokenType.EndArray;
            if (followsValue && !isEnd) text.Append(", ");
            text.Append(Token(ref reader));
            if (isEnd && reader.CurrentDepth == depth) return text.ToString();

            followsValue = reader.TokenType
                is not (JsonTokenType.StartObject or JsonTokenType.StartArray or JsonTokenType.PropertyName);
            reader.Read();
        }
    }

    private static string Token(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.StartObject => "{",
        JsonTokenType.EndObject => "}",
        JsonTokenType.StartArray => "[",
        JsonTokenType.EndArray => "]",
        JsonTokenType.PropertyName => reader.GetString() + "=",
        _ => Scalar(ref reader),
    };

    private static string Scalar(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.Number => JavaText.OfNumber(Encoding.ASCII.GetString(reader.ValueSpan)),
        JsonTokenType.True => "true",
        JsonTokenType.False => "false",
        JsonTokenType.Null => "null",
        _ => reader.GetString()!,
    };
}
