using System.Text;
using Scheduler.Contracts.Packages;

namespace Scheduler.Silo.Packages.Archives;

/// <summary>
/// Which names an entry may have: a relative path with forward slashes that means the same on every system and can be read by a
/// person. Anything else is refused, because no harmless tool writes it.
/// </summary>
internal static class NameRules
{
    private const int MaxPartBytes = 255;

    private static readonly HashSet<string> Reserved = new(StringComparer.OrdinalIgnoreCase)
    {
        "CON", "PRN", "AUX", "NUL", "CLOCK$", "CONIN$", "CONOUT$",
        "COM0", "COM1", "COM2", "COM3", "COM4", "COM5", "COM6", "COM7", "COM8", "COM9", "COM¹", "COM²", "COM³",
        "LPT0", "LPT1", "LPT2", "LPT3", "LPT4", "LPT5", "LPT6", "LPT7", "LPT8", "LPT9", "LPT¹", "LPT²", "LPT³",
    };

    /// <summary>Null when every name may be used; else one refusal that lists all names with the first fault found.</summary>
    /// <param name="names">Directories end in a slash.</param>
    /// <param name="options">Limits of length and depth.</param>
    public static Finding? Check(IEnumerable<string> names, ArchiveOptions options)
    {
        var faults = names.Select(name => (Name: name, Fault: FaultOf(name, options))).Where(entry => entry.Fault is not null).ToList();
        if (faults.Count == 0) return null;

        var (code, why) = faults[0].Fault!.Value;
        return ArchiveFindings.Name(code, [.. faults.Where(entry => entry.Fault!.Value.Code == code).Select(entry => entry.Name)], why);
    }

    private static (string Code, string Why)? FaultOf(string name, ArchiveOptions options)
    {
        if (name.Contains('\\')) return ("archive.name-backslash", "use forward slashes between directories and no backslashes.");
        if (name.StartsWith('/') || HasDrive(name)) return ("archive.name-absolute", "use paths relative to the package.");

        var path = name.EndsWith('/') ? name[..^1] : name;
        if (path.Length > options.MaxPathLength) return ("archive.name-length", $"a path has at most {options.MaxPathLength} characters.");

        var parts = path.Split('/');
        if (parts.Length > options.MaxDepth) return ("archive.name-depth", $"directories are nested at most {options.MaxDepth} deep.");

        foreach (var part in parts)
            if (PartFault(part) is { } fault)
                return fault;
        return null;
    }

    private static bool HasDrive(string name) => name.Length > 1 && name[1] == ':' && char.IsAsciiLetter(name[0]);

    private static (string Code, string Why)? PartFault(string part) => part switch
    {
        "" or "." => ("archive.name-part", "remove empty and '.' parts from the path."),
        ".." => ("archive.name-escape", "the path leaves the package; remove the '..' parts."),
        _ when Encoding.UTF8.GetByteCount(part) > MaxPartBytes => ("archive.name-length", $"a name has at most {MaxPartBytes} bytes."),
        _ when !part.EnumerateRunes().All(Printable.IsVisible) =>
            ("archive.name-character", "remove control, invisible and text-reversing characters from the name."),
        _ when part.Contains(':') => ("archive.name-character", "remove the colon from the name."),
        _ when part[^1] is '.' or ' ' => ("archive.name-ending", "a name must not end in a dot or a blank."),
        _ when Reserved.Contains(part.Split('.')[0].TrimEnd()) => ("archive.name-reserved", "the name is reserved for devices on Windows."),
        _ => null,
    };
}
