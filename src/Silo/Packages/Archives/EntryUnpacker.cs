using System.IO.Compression;
using System.IO.Hashing;
using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;
using Scheduler.Contracts.Packages;

namespace Scheduler.Silo.Packages.Archives;

/// <summary>
/// Writes the contents of entries one behind the other into one file, counting what really comes out. Memory use is one buffer,
/// however large the archive. Not thread-safe.
/// </summary>
internal sealed class EntryUnpacker(SafeFileHandle archive, SafeFileHandle target, ArchiveOptions options) : IDisposable
{
    private const int Stored = 0, Deflated = 8;

    private readonly byte[] buffer = new byte[128 * 1024];
    private readonly IncrementalHash sha256 = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly Crc32 crc32 = new();
    private readonly long archiveLength = RandomAccess.GetLength(archive);

    /// <summary>Bytes written, of all entries.</summary>
    private long total;

    /// <summary>Null when the content is written whole; a refused entry may leave a part of it.</summary>
    /// <param name="entry">A file.</param>
    /// <param name="dataOffset">Where its packed bytes begin.</param>
    /// <param name="file">Path, hash and length of what was written, and where it begins.</param>
    /// <param name="cancellationToken">Checked between buffers.</param>
    public Finding? Unpack(ZipEntry entry, long dataOffset, out (PackageFile File, long Offset) file, CancellationToken cancellationToken)
    {
        file = default;
        if (entry.IsEncrypted) return ArchiveFindings.Encrypted(entry.Name);
        if (entry.Method is not (Stored or Deflated)) return ArchiveFindings.UnknownMethod(entry.Name, entry.Method);

        var start = total;
        using var packed = new FileRange(archive, dataOffset, entry.PackedLength);
        using Stream content = entry.Method == Stored ? packed : new DeflateStream(packed, CompressionMode.Decompress);
        if (Copy(content, entry, start, cancellationToken) is { } refusal) return refusal;

        file = (new PackageFile(entry.Name, Convert.ToHexStringLower(sha256.GetHashAndReset()), total - start), start);
        return null;
    }

    public void Dispose() => sha256.Dispose();

    private Finding? Copy(Stream content, ZipEntry entry, long start, CancellationToken cancellationToken)
    {
        crc32.Reset();
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!TryRead(content, out var read)) return ArchiveFindings.Damaged("its packed data cannot be read", entry.Name);
            if (read == 0) return CheckEnd(entry, total - start);
            if (CheckLimits(entry, total + read - start, total + read) is { } refusal) return refusal;

            RandomAccess.Write(target, buffer.AsSpan(0, read), total);
            sha256.AppendData(buffer, 0, read);
            crc32.Append(buffer.AsSpan(0, read));
            total += read;
        }
    }

    private bool TryRead(Stream content, out int read)
    {
        try
        {
            read = content.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
            return true;
        }
        catch (InvalidDataException)
        {
            read = 0;
            return false;
        }
    }

    private Finding? CheckLimits(ZipEntry entry, long length, long sum)
    {
        if (length > options.MaxFileBytes) return ArchiveFindings.FileTooLarge(entry.Name, options.MaxFileBytes);
        if (sum > options.MaxTotalBytes) return ArchiveFindings.TooLarge(options.MaxTotalBytes);
        if (IsBomb(length, entry.PackedLength) || IsBomb(sum, archiveLength)) return ArchiveFindings.Ratio(entry.Name, options.MaxRatio);

        return length > entry.Length ? ArchiveFindings.LyingSize(entry.Name, entry.Length) : null;
    }

    private bool IsBomb(long unpacked, long packed) => unpacked > options.RatioFloorBytes && unpacked / options.MaxRatio > packed;

    private Finding? CheckEnd(ZipEntry entry, long length)
    {
        if (length != entry.Length) return ArchiveFindings.LyingSize(entry.Name, entry.Length);

        return crc32.GetCurrentHashAsUInt32() == entry.Crc32 ? null : ArchiveFindings.Damaged("a checksum does not match", entry.Name);
    }
}
