using System.Text;
using Scheduler.Silo.Packages;

namespace Scheduler.Silo.Tests.Packages.Archives;

public class EntryNameTests
{
    [Theory]
    [InlineData("../../x", "archive.name-escape")]
    [InlineData("a/../../b", "archive.name-escape")]
    [InlineData("a/..", "archive.name-escape")]
    [InlineData("..", "archive.name-escape")]
    [InlineData("..\\..\\x", "archive.name-backslash")]
    [InlineData("\\\\srv\\share\\x", "archive.name-backslash")]
    [InlineData("/etc/x", "archive.name-absolute")]
    [InlineData("//srv/share/x", "archive.name-absolute")]
    [InlineData("C:x", "archive.name-absolute")]
    [InlineData("c:/x", "archive.name-absolute")]
    [InlineData("./x", "archive.name-part")]
    [InlineData("a//b", "archive.name-part")]
    [InlineData("a/b//", "archive.name-part")]
    [InlineData("a. /b", "archive.name-ending")]
    [InlineData("a/b.", "archive.name-ending")]
    [InlineData("a ", "archive.name-ending")]
    [InlineData("CON", "archive.name-reserved")]
    [InlineData("a/nul.job", "archive.name-reserved")]
    [InlineData("com1.tar.gz", "archive.name-reserved")]
    [InlineData("LPT\u00b9.txt", "archive.name-reserved")]
    [InlineData("a/b:c", "archive.name-character")]
    [InlineData("a\nb", "archive.name-character")]
    [InlineData("a\0b", "archive.name-character")]
    [InlineData("a\u001b[2Jb", "archive.name-character")]
    [InlineData("a\u007fb", "archive.name-character")]
    [InlineData("boj.\u202egnp.job", "archive.name-character")]
    [InlineData("a\u200bb", "archive.name-character")]
    [InlineData("a\u2028b", "archive.name-character")]
    public async Task A_name_that_means_something_else_elsewhere_refuses_the_whole_archive(string name, string code)
    {
        using var bench = new PackageBench();

        var refusal = await bench.RefusalOfAsync(ZipBuilder.Of(("good.job", "type=noop"), (name, "")));

        Assert.Equal(code, refusal.Code);
    }

    [Theory]
    [InlineData("a/b.job", "a/b.job", "archive.duplicate")]
    [InlineData("a/b.job", "a/B.job", "archive.collision")]
    [InlineData("a/b.job", "A/c.job", "archive.collision")]
    [InlineData("\u00e9.job", "e\u0301.job", "archive.collision")]
    [InlineData("\u00c9.job", "e\u0301.job", "archive.collision")]
    [InlineData("\ud55c.job", "\u1112\u1161\u11ab.job", "archive.collision")]
    [InlineData("\u1e69.job", "s\u0307\u0323.job", "archive.collision")]
    [InlineData("a", "a/b", "archive.collision")]
    [InlineData("a/b", "a", "archive.collision")]
    [InlineData("a/b", "A", "archive.collision")]
    public async Task Two_names_that_can_be_one_file_are_refused(string first, string second, string code)
    {
        using var bench = new PackageBench();

        var refusal = await bench.RefusalOfAsync(ZipBuilder.Of((first, "type=noop"), (second, "type=noop")));

        Assert.Equal(code, refusal.Code);
    }

    [Theory]
    [InlineData("Straße.job", "Strasse.job")]
    [InlineData("e.job", "\u00e9.job")]
    [InlineData("projekt/a.job", "projekt-evil/b.job")]
    [InlineData("..a/b.job", "...c/d.job")]
    [InlineData("-rf.job", "<script>.job")]
    [InlineData("日报.job", "データ.job")]
    [InlineData("console.job", "nullable.job")]
    public async Task Names_that_only_look_dangerous_are_kept(string first, string second)
    {
        using var bench = new PackageBench();

        var definition = await bench.DefinitionOfAsync((first, "type=noop"), (second, "type=noop"));

        Assert.Equal(2, definition.Workflows.Count);
    }

    [Fact]
    public async Task Directories_may_be_listed_any_number_of_times()
    {
        using var bench = new PackageBench();

        using var result = await bench.ReadZipAsync(ZipBuilder.Of(("a/", ""), ("a/x.job", "type=noop"), ("a/", "")));

        Assert.Equal(["a/x.job"], Assert.IsType<PackageReadResult.Accepted>(result).Files.Select(file => file.Path));
    }

    [Fact]
    public async Task All_names_with_the_same_fault_are_listed_and_printed_safely()
    {
        using var bench = new PackageBench();

        var refusal = await bench.RefusalOfAsync(ZipBuilder.Of(("a\u202eb", ""), ("ok", ""), ("c\nd", "")));

        Assert.Equal("a\\u{202e}b", refusal.File);
        Assert.StartsWith("'a\\u{202e}b', 'c\\u{a}d': ", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Long_names_are_refused_at_the_limits_of_the_schema_and_of_file_systems()
    {
        using var bench = new PackageBench();
        var longest = string.Join('/', Enumerable.Repeat(new string('x', 15), 16))[..255];

        await bench.AcceptAsync(ZipBuilder.Of((longest, "")));
        Assert.Equal("archive.name-length", (await bench.RefusalOfAsync(ZipBuilder.Of((longest + "x", "")))).Code);
        Assert.Equal("archive.name-length", (await bench.RefusalOfAsync(ZipBuilder.Of((new string('报', 100), "")))).Code);
        Assert.Equal("archive.name-length", (await bench.RefusalOfAsync(ZipBuilder.Of((new string('x', 5_000), "")))).Code);
    }

    [Fact]
    public async Task Deep_paths_are_refused()
    {
        using var bench = new PackageBench();

        Assert.Equal("archive.name-depth", (await bench.RefusalOfAsync(ZipBuilder.Of((string.Join('/', Enumerable.Repeat("d", 120)), "")))).Code);
    }

    [Fact]
    public async Task Chinese_names_of_old_tools_are_read_as_GBK_and_shown()
    {
        using var bench = new PackageBench();
        var gbk = CodePagesEncodingProvider.Instance.GetEncoding(936)!.GetBytes("数据/日报.job");

        using var result = await bench.ReadZipAsync(ZipBuilder.Of(new ZipPart(gbk, "type=noop"u8.ToArray()) { Flags = 0 }));

        var accepted = Assert.IsType<PackageReadResult.Accepted>(result);
        Assert.Equal("日报", Assert.Single(accepted.Definition.Workflows).Id);
        Assert.Contains("'数据/日报.job'", Assert.Single(accepted.Warnings, warning => warning.Code == "archive.name-gbk").Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0x0800, new byte[] { 0xca, 0xfd, 0xbe, 0xdd })]
    [InlineData(0, new byte[] { 0xff, 0xfe, 0x41 })]
    [InlineData(0, new byte[] { 0x63, 0x61, 0x66, 0xe9 })]
    [InlineData(0x0800, new byte[] { 0xc0, 0xae, 0xc0, 0xae, 0x2f, 0x78 })]
    [InlineData(0x0800, new byte[] { 0xed, 0xa0, 0x80 })]
    public async Task Names_in_no_known_encoding_are_refused(int flags, byte[] name)
    {
        using var bench = new PackageBench();

        var refusal = await bench.RefusalOfAsync(ZipBuilder.Of(new ZipPart(name, []) { Flags = (ushort)flags }));

        Assert.Equal("archive.name-encoding", refusal.Code);
    }

    [Fact]
    public async Task A_name_in_the_Unicode_field_obeys_the_same_rules()
    {
        using var bench = new PackageBench();
        var raw = "safe.txt"u8.ToArray();
        byte[] field = [1, .. BitConverter.GetBytes(System.IO.Hashing.Crc32.HashToUInt32(raw)), .. "../evil"u8];
        byte[] extra = [0x75, 0x70, (byte)field.Length, 0, .. field];

        var refusal = await bench.RefusalOfAsync(ZipBuilder.Of(new ZipPart(raw, []) { Flags = 0, Extra = extra }));

        Assert.Equal("archive.name-escape", refusal.Code);
    }
}
