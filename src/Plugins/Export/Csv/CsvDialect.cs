using System.Text;
using Scheduler.Plugins.Export.Rows;

namespace Scheduler.Plugins.Export.Csv;

/// <summary>
/// The spelling of a CSV file. The default is RFC 4180 in UTF-8, with the convention of PostgreSQL that an unquoted nothing is NULL
/// and <c>""</c> is the empty text.
/// </summary>
internal sealed record CsvDialect
{
    public char Delimiter { get; init; } = ',';
    public char Quote { get; init; } = '"';

    /// <summary>Goes before a quote inside quotes. The quote itself by default: quotes are doubled.</summary>
    public char Escape { get; init; } = '"';
    public string LineEnd { get; init; } = "\r\n";
    public bool HasHeader { get; init; } = true;

    /// <summary>Stands for NULL where it is not quoted; text that is the same by accident is quoted.</summary>
    public string NullText { get; init; } = "";

    /// <summary>As registered with IANA, such as <c>utf-8</c> or <c>gb18030</c>.</summary>
    public string Encoding { get; init; } = "utf-8";
    public bool HasByteOrderMark { get; init; }
    public TextFormat Values { get; init; } = TextFormat.Default;

    /// <summary>
    /// Puts a <c>'</c> before text that a spreadsheet would run as a formula. What is written is then not what was there, so it is
    /// off by default.
    /// </summary>
    public bool GuardsFormulas { get; init; }

    /// <summary>Throws at characters and bytes it cannot convert: a question mark in their place would be a silent loss.</summary>
    public Encoding CreateEncoding()
    {
        if (Encoding.Equals("utf-8", StringComparison.OrdinalIgnoreCase)) return new UTF8Encoding(HasByteOrderMark, throwOnInvalidBytes: true);

        return CodePagesEncodingProvider.Instance.GetEncoding(Encoding, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback)
            ?? System.Text.Encoding.GetEncoding(Encoding, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback);
    }

    /// <returns>Null, or why no file can be written or read this way.</returns>
    public string? Fault()
    {
        if (Delimiter == Quote || Delimiter == Escape) return "The delimiter is also the quote or the escape.";
        if (Delimiter is '\r' or '\n' || Quote is '\r' or '\n' || Escape is '\r' or '\n') return "A line break cannot be delimiter, quote or escape.";
        if (LineEnd is not ("\r\n" or "\n" or "\r")) return "The line end is one of CR LF, LF and CR.";
        if (NullText.AsSpan().ContainsAny([Delimiter, Quote, '\r', '\n'])) return "The text for NULL holds the delimiter, the quote or a line break.";

        try
        {
            _ = CreateEncoding();
            return null;
        }
        catch (ArgumentException)
        {
            return $"The encoding '{Encoding}' is not known.";
        }
    }

    public void Check()
    {
        if (Fault() is { } fault) throw new ExportException("export.csv-dialect", fault);
    }
}
