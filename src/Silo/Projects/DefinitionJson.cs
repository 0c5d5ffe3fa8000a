using System.Text.Json;
using System.Text.Json.Serialization;
using Scheduler.Contracts.Definitions;
using Scheduler.Contracts.Packages;

namespace Scheduler.Silo.Projects;

/// <summary>What is stored beside the definition of a version, and read less often.</summary>
/// <param name="Files">Everything in the archive, ordered by path.</param>
/// <param name="Warnings">What the reader said about it.</param>
internal sealed record PackageManifest(IReadOnlyList<PackageFile> Files, IReadOnlyList<Finding> Warnings);

/// <summary>
/// The stored form of definitions and manifests: compact JSON without nulls. Members may be added; a reader skips those it does
/// not know, so two releases can share a database.
/// </summary>
internal static class DefinitionJson
{
    public static byte[] Write(PackageDefinition definition) =>
        JsonSerializer.SerializeToUtf8Bytes(definition, DefinitionJsonContext.Default.PackageDefinition);

    public static byte[] Write(PackageManifest manifest) =>
        JsonSerializer.SerializeToUtf8Bytes(manifest, DefinitionJsonContext.Default.PackageManifest);

    /// <exception cref="JsonException">The stored text is damaged.</exception>
    public static PackageDefinition ReadDefinition(ReadOnlySpan<byte> json) =>
        JsonSerializer.Deserialize(json, DefinitionJsonContext.Default.PackageDefinition) ?? throw new JsonException("It is null.");

    /// <exception cref="JsonException">The stored text is damaged.</exception>
    public static PackageManifest ReadManifest(ReadOnlySpan<byte> json) =>
        JsonSerializer.Deserialize(json, DefinitionJsonContext.Default.PackageManifest) ?? throw new JsonException("It is null.");
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(PackageDefinition))]
[JsonSerializable(typeof(PackageManifest))]
internal sealed partial class DefinitionJsonContext : JsonSerializerContext;
