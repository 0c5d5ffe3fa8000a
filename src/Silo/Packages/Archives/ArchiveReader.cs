using Microsoft.Win32.SafeHandles;
using Scheduler.Contracts.Packages;

namespace Scheduler.Silo.Packages.Archives;

/// <summary>
/// Unpacks a zip archive that somebody sent, as a whole or not at all. The format is read by our own code, because what has to be
/// checked (who owns which bytes, mode bits, both headers of an entry) is what archive libraries hide. Archives inside the archive
/// are files like any other and stay packed.
/// </summary>
internal sealed class ArchiveReader(ArchiveOptions options)
{
    /// <param name="archive">Open for reading; it must not change meanwhile.</param>
    /// <param name="cancellationToken">Gives up and removes what was unpacked.</param>
    public ArchiveResult Read(SafeFileHandle archive, CancellationToken cancellationToken)
    {
        if (ZipDirectory.Read(archive, options, out var entries, out var directoryOffset) is { } unreadable)
            return new ArchiveResult.Refused(unreadable);
        if (Check(entries) is { } refusal) return new ArchiveResult.Refused(refusal);
        if (ZipLayout.Locate(archive, entries, directoryOffset, out var dataOffsets) is { } broken)
            return new ArchiveResult.Refused(broken);

        return UnpackAll(archive, entries, dataOffsets, cancellationToken);
    }

    private Finding? Check(IReadOnlyList<ZipEntry> entries)
    {
        if (NameRules.Check(entries.Select(entry => entry.Name), options) is { } badName) return badName;
        if (NameCollisions.Check(entries.Select(entry => entry.Name)) is { } collision) return collision;
        if (entries.All(entry => entry.IsDirectory)) return ArchiveFindings.Empty();

        return entries.Select(CheckEntry).FirstOrDefault(refusal => refusal is not null) ?? CheckTotal(entries);
    }

    private Finding? CheckEntry(ZipEntry entry)
    {
        if (EntryKind.FaultOf(entry) is { } kind) return ArchiveFindings.EntryKind(entry.Name, kind);

        return entry.Length > options.MaxFileBytes ? ArchiveFindings.FileTooLarge(entry.Name, options.MaxFileBytes) : null;
    }

    /// <summary>Only spares the work: what decides is counted while unpacking.</summary>
    private Finding? CheckTotal(IReadOnlyList<ZipEntry> entries) =>
        entries.Sum(entry => (decimal)entry.Length) > options.MaxTotalBytes ? ArchiveFindings.TooLarge(options.MaxTotalBytes) : null;

    private ArchiveResult UnpackAll(
        SafeFileHandle archive, IReadOnlyList<ZipEntry> entries, long[] dataOffsets, CancellationToken cancellationToken)
    {
        var workFolder = options.WorkFolder ?? Path.GetTempPath();
        var contents = WorkFiles.CreateNameless(workFolder);
        var isKept = false;
        try
        {
            using var unpacker = new EntryUnpacker(archive, contents.SafeFileHandle, options);
            var files = new List<(PackageFile, long)>(entries.Count);
            for (var i = 0; i < entries.Count; i++)
            {
                if (entries[i].IsDirectory) continue;
                if (unpacker.Unpack(entries[i], dataOffsets[i], out var file, cancellationToken) is { } refusal)
                    return new ArchiveResult.Refused(refusal);
                files.Add(file);
            }

            isKept = true;
            return new ArchiveResult.Opened(new UnpackedTree(contents, workFolder, files), [.. Warnings(entries)]);
        }
        finally
        {
            if (!isKept) contents.Dispose();
        }
    }

    private static IEnumerable<Finding> Warnings(IReadOnlyList<ZipEntry> entries)
    {
        var guessed = entries.Where(entry => entry.IsGuessedName).Select(entry => entry.Name).ToList();
        if (guessed.Count > 0) yield return ArchiveFindings.NameNotMarked(guessed);

        var parents = entries.Select(entry => entry.Name.TrimEnd('/')).Select(name => name[..(name.LastIndexOf('/') + 1)]).ToHashSet();
        var empty = entries.Where(entry => entry.IsDirectory && !parents.Contains(entry.Name)).Select(entry => entry.Name).ToList();
        if (empty.Count > 0) yield return ArchiveFindings.EmptyDirectories(empty);
    }
}
