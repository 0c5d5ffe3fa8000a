using System.Buffers;
using System.Net;
using System.Text;
using CsCheck;
using Scheduler.Contracts.Plugins;
using Scheduler.Silo.Nodes.Logging;
using Scheduler.Silo.Nodes.Logging.Masking;

namespace Scheduler.Silo.Tests.Nodes.Logging;

public sealed class MaskingTests
{
    private const string Secret = "p+ä/ 1%c";

    /// <summary>In no form of any secret of these tests, so everything made of it must come through.</summary>
    private static readonly Gen<string> Filler = Gen.String[Gen.Char["~|<>#\n\r\t"], 1, 20];

    private static readonly Gen<string> Secrets = Gen.String[Gen.Char["abAB01 +/%=é&\""], 4, 30].Where(secret => secret.Trim().Length >= 4);

    [Theory]
    [InlineData("p+ä/ 1%c")]
    [InlineData("p%2B%C3%A4%2F%201%25c")]
    [InlineData("p%2b%c3%a4%2f%201%25c")]
    [InlineData("p%2B%C3%A4%2F+1%25c")]
    [InlineData("p+%C3%A4/%201%25c")]
    [InlineData("%70%2B%C3%A4%2F%20%31%25%63")]
    public void Every_way_to_write_it_is_masked(string written) =>
        Assert.Equal("<***>", SecretMask.Of([Secret]).Mask($"<{written}>"));

    [Theory]
    [InlineData("hunter22", "", "")]
    [InlineData("hunter22", "user:", "")]
    [InlineData("hunter22", "ab", "cde")]
    [InlineData("????????>>>>>", "x", "yz")]
    [InlineData("abcd", "12", "3")]
    public void Nothing_of_it_can_be_decoded_from_base64(string secret, string before, string after)
    {
        var encoded = Convert.ToBase64String(Encoding.UTF8.GetBytes(before + secret + after));
        foreach (var written in new[] { encoded, encoded.Replace('+', '-').Replace('/', '_').TrimEnd('=') })
        {
            var masked = SecretMask.Of([secret]).Mask(written);

            Assert.Contains("***", masked, StringComparison.Ordinal);
            Assert.True(masked.Replace("***", "").Length <= Encoding.UTF8.GetByteCount(before + after) * 4 / 3 + 6, masked);
        }
    }

    [Theory]
    [InlineData(64, "\n")]
    [InlineData(76, "\n")]
    [InlineData(76, "\r\n")]
    public void Base64_that_is_broken_into_lines_is_masked_across_them(int width, string lineEnd)
    {
        var encoded = Convert.ToBase64String(Encoding.UTF8.GetBytes(new string('x', 40) + "a secret of some length" + new string('y', 80)));
        var lines = string.Join(lineEnd, encoded.Chunk(width).Select(line => new string(line))) + lineEnd;

        var masked = SecretMask.Of(["a secret of some length"]).Mask(lines);

        Assert.Contains("***", masked, StringComparison.Ordinal);
        var rest = Encoding.Latin1.GetString(Convert.FromBase64String(masked.Replace("***", "").ReplaceLineEndings("").TrimEnd('=') is var text
            ? text[..(text.Length / 4 * 4)] : ""));
        Assert.DoesNotContain("cret of some", rest, StringComparison.Ordinal);
    }

    [Fact]
    public void The_lines_of_a_secret_of_several_lines_are_masked_one_by_one() =>
        Assert.Equal("1 ***\n2 ***\n", SecretMask.Of(["-----BEGIN\r\nabcdefgh\n"]).Mask("1 -----BEGIN\n2 abcdefgh\n"));

    [Fact]
    public void Of_secrets_within_each_other_nothing_is_left() =>
        Assert.Equal("***, ***, ***ef", SecretMask.Of(["abcd", "abcdefgh", "cdefgh12"]).Mask("abcdefgh, abcdefgh12, abcdef"));

    [Fact]
    public void A_text_without_secrets_is_the_same_object()
    {
        var text = "nothing to hide %zz % + \uD800";

        Assert.Same(text, SecretMask.Of([Secret]).Mask(text));
    }

    [Fact]
    public void A_whole_line_is_never_held_back_for_a_secret_of_one_line()
    {
        var (stream, shown) = (SecretMask.Of(["secret"]).Open(), new ArrayBufferWriter<byte>());

        stream.Write("a line that ends with secre\n"u8, shown);
        Assert.Equal("a line that ends with secre\n", Text(shown));

        stream.Write("password: sec"u8, shown);
        Assert.EndsWith("\npassword: ", Text(shown), StringComparison.Ordinal);
        stream.Write("ret!"u8, shown);
        Assert.EndsWith("\npassword: ***!", Text(shown), StringComparison.Ordinal);
    }

    [Fact]
    public void What_only_begins_like_a_secret_comes_at_the_end()
    {
        var (stream, shown) = (SecretMask.Of(["secret"]).Open(), new ArrayBufferWriter<byte>());
        stream.Write("sec"u8, shown);
        stream.Write("%6"u8, shown);
        stream.End(shown);

        Assert.Equal("sec%6", Text(shown));
    }

    [Fact]
    public void However_secrets_are_written_and_cut_they_are_masked_and_nothing_else_is()
    {
        var written = Gen.Select(Secrets, Gen.Int[0, Forms.Length - 1]);
        Gen.Select(written.Array[1, 4], Filler.Array[5], Gen.Int[1, 9].Array[1, 10]).Sample((secrets, fillers, cuts) =>
        {
            var (text, expected) = (new StringBuilder(fillers[0]), new StringBuilder(fillers[0]));
            for (var i = 0; i < secrets.Length; i++)
            {
                text.Append(Forms[secrets[i].Item2](secrets[i].Item1)).Append(fillers[i + 1]);
                expected.Append("***").Append(fillers[i + 1]);
            }

            Assert.Equal(expected.ToString(), InPieces(SecretMask.Of(secrets.Select(secret => secret.Item1)), text.ToString(), cuts));
        });
    }

    [Fact]
    public void The_cuts_make_no_difference()
    {
        var text = Gen.String[Gen.Char["ab%261+\n "], 0, 200];
        Gen.Select(Gen.String[Gen.Char["ab%2 +\n"], 4, 9].Array[1, 3], text, Gen.Int[1, 9].Array[1, 10]).Sample((secrets, text, cuts) =>
        {
            var mask = SecretMask.Of(secrets);

            var masked = mask.Mask(text);
            Assert.Equal(masked, InPieces(mask, text, cuts));
            foreach (var secret in secrets) Assert.DoesNotContain(secret, masked, StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task The_log_of_an_attempt_gets_it_masked_in_front_of_its_lines()
    {
        var writer = new MemoryLogWriter();
        await using (var log = new AttemptLog(writer, "extract", TimeProvider.System))
        {
            using var masked = new MaskedLog(log, SecretMask.Of(["hunter22"]));
            await masked.WriteOutputAsync("it is hun"u8.ToArray());
            await masked.WriteOutputAsync("ter22\nor hunter"u8.ToArray());
            await masked.WriteLineAsync(LogLevel.Warn, "never say hunter22");
            await masked.EndAsync();
        }

        var lines = writer.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(["it is ***", "never say ***", "or hunter"], lines.Select(line => line.Split(" - ")[1]));
    }

    private static readonly Func<string, string>[] Forms =
    [
        secret => secret,
        Uri.EscapeDataString,
        secret => WebUtility.UrlEncode(secret),
        secret => Uri.EscapeDataString(secret).Replace("%2F", "%2f").Replace("%2B", "%2b").Replace("%C3%A9", "%c3%a9"),
        secret => string.Concat(Encoding.UTF8.GetBytes(secret).Select(value => $"%{value:x2}")),
        secret => string.Concat(Encoding.UTF8.GetBytes(secret).Select(value => $"%{value:X2}")),
    ];

    private static string InPieces(SecretMask mask, string text, int[] cuts)
    {
        var (stream, shown) = (mask.Open(), new ArrayBufferWriter<byte>());
        var bytes = Encoding.UTF8.GetBytes(text).AsSpan();
        for (var cut = 0; !bytes.IsEmpty; cut++)
        {
            var length = Math.Min(cuts[cut % cuts.Length], bytes.Length);
            stream.Write(bytes[..length], shown);
            bytes = bytes[length..];
        }

        stream.End(shown);
        return Text(shown);
    }

    private static string Text(ArrayBufferWriter<byte> shown) => Encoding.UTF8.GetString(shown.WrittenSpan);
}
