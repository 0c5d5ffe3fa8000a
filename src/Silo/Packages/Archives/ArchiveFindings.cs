using Scheduler.Contracts.Packages;

namespace Scheduler.Silo.Packages.Archives;

/// <summary>
/// Why an archive is refused: what is wrong, with the entry, and what its author can do. The texts of archives that cannot be
/// unpacked at all begin with Azkaban's.
/// </summary>
internal static class ArchiveFindings
{
    private const string CannotUnzip = "Error unzipping file. ";

    public static Finding NotAZip(string looksLike) =>
        Finding.Error(
            "archive.not-a-zip", $"{CannotUnzip}This is {looksLike}, not a zip archive. Zip the package's files and upload that.");

    public static Finding Truncated() =>
        Finding.Error("archive.truncated", CannotUnzip + "The archive ends before its list of contents. Upload it again.");

    public static Finding ForeignBytes(string where) =>
        Finding.Error(
            "archive.foreign-bytes", $"{CannotUnzip}There are bytes that belong to no archive {where}. Make a plain zip archive.");

    public static Finding Damaged(string why, string? entry = null) =>
        Finding.Error("archive.damaged", $"{CannotUnzip}The archive is damaged: {why}. Zip the package again.", Printable.Of(entry));

    public static Finding MultiDisk() =>
        Finding.Error("archive.multi-disk", CannotUnzip + "The archive is one part of several. Zip the package into a single file.");

    public static Finding Encrypted(string entry) =>
        Finding.Error(
            "archive.encrypted", $"{CannotUnzip}'{Printable.Of(entry)}' is encrypted. Zip it without a password.", Printable.Of(entry));

    public static Finding UnknownMethod(string entry, int method) =>
        Finding.Error(
            "archive.method", $"{CannotUnzip}'{Printable.Of(entry)}' is compressed with method {method}. Use deflate, the default of zip.",
            Printable.Of(entry));

    public static Finding Overlap(string entry, string other) =>
        Finding.Error(
            "archive.overlap",
            $"{CannotUnzip}'{Printable.Of(entry)}' and '{Printable.Of(other)}' share bytes of the archive. Zip the package again.",
            Printable.Of(entry));

    public static Finding LyingSize(string entry, long declared) =>
        Finding.Error(
            "archive.lying-size",
            $"{CannotUnzip}'{Printable.Of(entry)}' does not have the {declared} bytes its header declares. Zip the package again.",
            Printable.Of(entry));

    public static Finding Empty() =>
        Finding.Error("archive.empty", "The package contains no files. Zip the files of the package, not an empty folder.");

    public static Finding TooManyEntries(int limit) =>
        Finding.Error("archive.too-many-entries", $"The package has more than {limit} files and directories. Remove some.");

    public static Finding TooLarge(long limit) =>
        Finding.Error("archive.too-large", $"The package is larger than {limit} bytes when unpacked. Keep data out of it.");

    public static Finding FileTooLarge(string entry, long limit) =>
        Finding.Error(
            "archive.file-too-large", $"'{Printable.Of(entry)}' is larger than {limit} bytes. Keep data out of the package.",
            Printable.Of(entry));

    public static Finding Ratio(string entry, int limit) =>
        Finding.Error(
            "archive.ratio",
            $"'{Printable.Of(entry)}' unpacks to more than {limit} times its packed size, as zip bombs do. Leave it out or store it.",
            Printable.Of(entry));

    public static Finding EntryKind(string entry, string kind) =>
        Finding.Error(
            "archive.entry-kind", $"'{Printable.Of(entry)}' is {kind}; a package holds files and directories only. Zip what it points to.",
            Printable.Of(entry));

    public static Finding NameEncoding(string entry) =>
        Finding.Error(
            "archive.name-encoding",
            $"The name '{Printable.Of(entry)}' is neither UTF-8 nor GBK. Zip the package with a tool that writes names in UTF-8.",
            Printable.Of(entry));

    public static Finding NameNotMarked(IReadOnlyList<string> names) =>
        Finding.Warning(
            "archive.name-gbk",
            $"Names that are not UTF-8 were read as GBK: {Printable.List(names)}. Zip with a tool that writes names in UTF-8.",
            Printable.Of(names[0]));

    public static Finding EmptyDirectories(IReadOnlyList<string> names) =>
        Finding.Warning(
            "archive.empty-directory", $"Empty directories are not kept: {Printable.List(names)}. Put a file into each.",
            Printable.Of(names[0]));

    /// <summary>Names that may not be used; the first is the place, the others are listed.</summary>
    public static Finding Name(string code, IReadOnlyList<string> entries, string why) =>
        Finding.Error(code, $"{Printable.List(entries)}: {why}", Printable.Of(entries[0]));
}
