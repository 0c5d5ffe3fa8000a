using System.Text;
using YamlDotNet.Core;

namespace Scheduler.Silo.Packages.Yaml;

/// <summary>
/// Reads one YAML document as plain data: UTF-8 text, no types of a programming language, and nothing that is small to write and
/// large to hold. Aliases are followed and counted.
/// </summary>
internal static class YamlReader
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <param name="bytes">The file.</param>
    /// <param name="maxDepth">Levels, aliases followed.</param>
    /// <param name="maxNodes">Scalars, lists and maps, repeated ones counted again.</param>
    public static YamlResult Read(byte[] bytes, int maxDepth, int maxNodes)
    {
        var builder = new YamlTreeBuilder(maxDepth, maxNodes);
        try
        {
            var content = bytes.AsSpan().StartsWith("\ufeff"u8) ? bytes.AsSpan(3) : bytes;
            var parser = new Parser(new StringReader(StrictUtf8.GetString(content)));
            while (parser.MoveNext())
                if (builder.Add(parser.Current!) is { } fault)
                    return new YamlResult.Refused(fault);
            return builder.ToResult();
        }
        catch (DecoderFallbackException)
        {
            return new YamlResult.Refused(new YamlFault("the file is not UTF-8 text", null));
        }
        catch (YamlException e)
        {
            return new YamlResult.Refused(new YamlFault(e.Message, Math.Min((int)e.Start.Line, bytes.AsSpan().Count((byte)'\n') + 1)));
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException or IndexOutOfRangeException)
        {
            // The parser reads from memory, so whatever else it throws is its answer to malformed text; "]," is such a text.
            return new YamlResult.Refused(new YamlFault("the file is not valid YAML", null));
        }
    }
}
