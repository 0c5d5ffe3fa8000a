using Scheduler.Contracts.Packages;

namespace Scheduler.Silo.Packages;

/// <summary>Reads definition files of one package within the limits of their size.</summary>
internal sealed class DefinitionFiles(PackageTree tree, DefinitionOptions options)
{
    private long total;

    /// <summary>Null when the file, or all read so far together, are too large; <paramref name="reason"/> then says so.</summary>
    public byte[]? Read(PackageFile file, out string reason)
    {
        reason = "";
        if (file.Length > options.MaxFileBytes) reason = $"the file is larger than {options.MaxFileBytes} bytes";
        else if (total + file.Length > options.MaxTotalBytes)
            reason = $"the definitions are larger than {options.MaxTotalBytes} bytes together";
        if (reason.Length > 0) return null;

        total += file.Length;
        return tree.ReadAllBytes(file);
    }
}
