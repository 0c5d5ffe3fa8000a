using System.Text.Json;
using System.Text.Json.Serialization;
using Scheduler.Contracts.Definitions;

namespace Scheduler.Contracts.Plugins.Settings;

/// <summary>Writes a length of time as authors do: <c>30m</c>.</summary>
internal sealed class DurationConverter : JsonConverter<TimeSpan>
{
    public override TimeSpan Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var text = reader.GetString()!;
        return DurationText.Seconds(text) is { } seconds && seconds >= 0 && seconds <= (decimal)TimeSpan.MaxValue.TotalSeconds - 1
            ? TimeSpan.FromSeconds((double)seconds)
            : throw new JsonException($"'{text}' is no length of time such as 90s, 30m, 2h or 1d");
    }

    public override void Write(Utf8JsonWriter writer, TimeSpan value, JsonSerializerOptions options) =>
        writer.WriteStringValue(DurationText.Of(value));
}
