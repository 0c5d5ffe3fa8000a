using System.Text.Json;
using System.Text.Json.Serialization;
using Scheduler.Contracts.Instances;

namespace Scheduler.Silo.Instances;

/// <summary>The stored form of an order. Members that a reader does not know are ignored, so an older silo can read a newer order.</summary>
internal static partial class ExecutionOrderJson
{
    public static ReadOnlyMemory<byte> Write(ExecutionOrder order) =>
        JsonSerializer.SerializeToUtf8Bytes(order, Context.Default.ExecutionOrder);

    public static ExecutionOrder Read(ReadOnlyMemory<byte> json) =>
        JsonSerializer.Deserialize(json.Span, Context.Default.ExecutionOrder)
        ?? throw new InvalidDataException("The stored order of an execution is empty");

    [JsonSourceGenerationOptions(
        JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, UseStringEnumConverter = true)]
    [JsonSerializable(typeof(ExecutionOrder))]
    private sealed partial class Context : JsonSerializerContext;
}
