using System.Text.Json;
using System.Text.Json.Nodes;

namespace Scheduler.Contracts.Plugins.Settings;

/// <summary>Makes a settings object of the properties of a job.</summary>
public static class SettingsReader
{
    /// <summary>The settings, for properties that satisfy the schema.</summary>
    /// <typeparam name="TSettings">See <see cref="NodePlugin{TSettings}"/>.</typeparam>
    /// <exception cref="JsonException">They do not.</exception>
    public static TSettings Read<TSettings>(IReadOnlyDictionary<string, string> properties)
        where TSettings : class =>
        SettingsDocument.Of(Known<TSettings>.Schema, properties).Deserialize<TSettings>(Known<TSettings>.Options)!;

    private static class Known<TSettings>
    {
        public static readonly JsonSerializerOptions Options = SettingsJson.CreateOptions();
        public static readonly JsonObject Schema = SettingsSchema.Of(typeof(TSettings));
    }
}
