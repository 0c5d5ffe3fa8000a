using Scheduler.Contracts.Packages;

namespace Scheduler.Silo.Packages.Archives;

/// <summary>Warns of scripts that an editor on another system has made unusable. Files are stored as they are.</summary>
internal static class ScriptChecks
{
    private const int HeadLength = 4_096;

    private static readonly string[] Suffixes = [".sh", ".bash", ".ksh", ".py", ".pl", ".rb"];

    public static IEnumerable<Finding> Check(PackageTree tree) =>
        from file in tree.Files
        where Suffixes.Any(suffix => file.Path.EndsWith(suffix, StringComparison.Ordinal))
        let finding = CheckHead(file.Path, tree.ReadHead(file, HeadLength))
        where finding is not null
        select finding;

    private static Finding? CheckHead(string path, ReadOnlySpan<byte> head)
    {
        if (head.StartsWith("\ufeff#!"u8))
            return Finding.Warning(
                "package.script-byte-order-mark", $"'{path}' has a byte order mark before '#!'. Save it without.", path, 1);
        if (head.Contains((byte)0))
            return Finding.Warning("package.script-binary", $"'{path}' contains NUL bytes, as UTF-16 text does. Save it as UTF-8.", path);
        if (head.IndexOf("\r\n"u8) is >= 0 and var at && head[..at].IndexOf((byte)'\n') < 0)
            return Finding.Warning(
                "package.script-line-ends", $"'{path}' has Windows line ends, which shells take for a part of the command.", path, 1);

        return null;
    }
}
