using System.Text.Json;
using System.Text.Json.Serialization;
using StreamJsonRpc;

namespace Scheduler.Silo.Plugins.Isolation;

/// <summary>How the two sides of the plugin protocol write: JSON-RPC 2.0, a message per line, names in camel case.</summary>
internal static class Wire
{
    public static JsonRpc Open(IJsonRpcMessageHandler handler, object target)
    {
        // Cancelling is a message of its own, so that a plugin in any language understands it.
        var rpc = new JsonRpc(handler) { CancellationStrategy = null };
        rpc.AddLocalRpcTarget(target, new JsonRpcTargetOptions { DisposeOnDisconnect = false });
        return rpc;
    }

    public static SystemTextJsonFormatter CreateFormatter()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };
        return new SystemTextJsonFormatter { JsonSerializerOptions = options };
    }
}
