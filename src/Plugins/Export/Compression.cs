using System.IO.Compression;
using ZstdSharp;

namespace Scheduler.Plugins.Export;

internal enum Compression
{
    None,
    Gzip,
    Zstd,
}

internal static class Compressions
{
    /// <summary>The default of zstd itself.</summary>
    private const int ZstdLevel = 3;

    public static string Extension(this Compression compression) => compression switch
    {
        Compression.Gzip => ".gz",
        Compression.Zstd => ".zst",
        _ => "",
    };

    /// <summary>Disposing the result ends the compressed stream and leaves the given one open.</summary>
    public static Stream Compress(this Compression compression, Stream target) => compression switch
    {
        Compression.Gzip => new GZipStream(target, CompressionLevel.Fastest, leaveOpen: true),
        Compression.Zstd => new CompressionStream(target, ZstdLevel, leaveOpen: true),
        _ => target,
    };

    /// <summary>Disposing the result disposes the given one.</summary>
    public static Stream Decompress(this Compression compression, Stream source) => compression switch
    {
        Compression.Gzip => new GZipStream(source, CompressionMode.Decompress),
        Compression.Zstd => new DecompressionStream(source, leaveOpen: false),
        _ => source,
    };
}
