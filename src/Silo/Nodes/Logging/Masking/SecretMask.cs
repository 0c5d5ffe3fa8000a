using System.Buffers;
using System.Text;
using Scheduler.Contracts.Secrets;

namespace Scheduler.Silo.Nodes.Logging.Masking;

/// <summary>Knows some secrets and replaces them in texts: as they are, URL-encoded, and within Base64.</summary>
internal sealed class SecretMask
{
    private readonly Func<FormSearch>[] searches;

    private SecretMask(IReadOnlyCollection<byte[]> forms)
    {
        if (forms.Count == 0)
        {
            searches = [];
            return;
        }

        var (plain, base64) = (new PatternSet(forms), new PatternSet(forms.SelectMany(Base64Search.FormsOf)));
        searches = [() => new PlainSearch(plain), () => new EscapedSearch(plain, isForm: false), () => new Base64Search(base64)];
        if (forms.Any(form => form.Contains((byte)' '))) searches = [.. searches, () => new EscapedSearch(plain, isForm: true)];
    }

    /// <summary>What stands in the place of a secret.</summary>
    public static ReadOnlySpan<byte> Sign => "***"u8;

    public static SecretMask Of(IEnumerable<string> secrets) => new([.. secrets.SelectMany(Parts).Distinct().Select(Encoding.UTF8.GetBytes)]);

    /// <summary>Masks what comes piece by piece.</summary>
    public MaskingStream Open() => new([.. searches.Select(open => open())]);

    /// <summary>The text itself when it holds no secret.</summary>
    public string Mask(string text)
    {
        if (searches.Length == 0 || text.Length < SecretOptions.ShortestValue) return text;

        var (stream, masked) = (Open(), new ArrayBufferWriter<byte>(text.Length));
        stream.Write(Encoding.UTF8.GetBytes(text), masked);
        stream.End(masked);
        return stream.HasMasked ? Encoding.UTF8.GetString(masked.WrittenSpan) : text;
    }

    /// <summary>A secret of several lines may be read and printed line by line.</summary>
    private static IEnumerable<string> Parts(string secret) =>
        secret.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries)
            .Where(line => line.Length >= SecretOptions.ShortestValue).Prepend(secret);
}
