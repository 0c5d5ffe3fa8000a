namespace Scheduler.Contracts.Packages;

/// <summary>How bad a <see cref="Finding"/> is.</summary>
public enum Severity
{
    /// <summary>The package is accepted; the author should look.</summary>
    Warning = 0,

    /// <summary>The package is refused.</summary>
    Error = 1,
}

/// <summary>One thing a reader or validator has to say about a package. A validator reports all of them, never only the first.</summary>
/// <param name="Severity">Errors refuse the package, warnings do not.</param>
/// <param name="Code">Stable and dotted, such as <c>package.missing-dependency</c>; clients may branch on it.</param>
/// <param name="Message">For a person; where Azkaban has a text for the case, exactly that text.</param>
/// <param name="File">Path inside the package with forward slashes; null when it concerns the whole package.</param>
/// <param name="Line">Line in <paramref name="File"/>, counted from 1; null when no single line is to blame.</param>
[GenerateSerializer, Immutable, Alias("scheduler/finding")]
public sealed record Finding(Severity Severity, string Code, string Message, string? File = null, int? Line = null)
{
    /// <summary>An error at a place of the package.</summary>
    public static Finding Error(string code, string message, string? file = null, int? line = null) =>
        new(Severity.Error, code, message, file, line);

    /// <summary>A warning at a place of the package.</summary>
    public static Finding Warning(string code, string message, string? file = null, int? line = null) =>
        new(Severity.Warning, code, message, file, line);

    /// <summary><c>file:line: message</c>, with the parts that are known.</summary>
    public override string ToString() => (File, Line) switch
    {
        (null, _) => Message,
        (_, null) => $"{File}: {Message}",
        _ => $"{File}:{Line}: {Message}",
    };
}
