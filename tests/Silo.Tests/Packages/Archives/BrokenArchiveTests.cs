using System.Text;
using Scheduler.Silo.Packages;

namespace Scheduler.Silo.Tests.Packages.Archives;

public class BrokenArchiveTests
{
    private static readonly ZipPart Job = new("a.job", "type=noop") { Method = 8 };

    [Theory]
    [InlineData("", "an empty file")]
    [InlineData("hello", "some other file")]
    [InlineData("<!doctype html>", "HTML")]
    [InlineData("\u001f\u008b\u0008", "gzip")]
    [InlineData("Rar!\u001a\u0007", "RAR")]
    [InlineData("7z\u00bc\u00af\u0027\u001c", "7z")]
    public async Task Another_kind_of_file_is_named(string content, string kind)
    {
        using var bench = new PackageBench();

        var refusal = await bench.RefusalOfAsync(Encoding.Latin1.GetBytes(content));

        Assert.Equal("archive.not-a-zip", refusal.Code);
        Assert.StartsWith("Error unzipping file.", refusal.Message, StringComparison.Ordinal);
        Assert.Contains(kind, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_renamed_tar_archive_is_recognised()
    {
        using var bench = new PackageBench();
        var tar = new byte[1_024];
        "ustar"u8.CopyTo(tar.AsSpan(257));

        Assert.Contains("a tar archive", (await bench.RefusalOfAsync(tar)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_renamed_jar_is_a_package_like_any_other()
    {
        using var bench = new PackageBench();

        using var result = await bench.ReadAsync(("META-INF/MANIFEST.MF", "Manifest-Version: 1.0\r\n"), ("Main.class", "\u00ca\u00fe"));

        Assert.Contains(Assert.IsType<PackageReadResult.Accepted>(result).Warnings, warning => warning.Code == "package.no-workflow");
    }

    [Fact]
    public async Task Every_truncation_is_refused()
    {
        using var bench = new PackageBench();
        var zip = ZipBuilder.Of(Job, new ZipPart("b.txt", "0123456789"));

        for (var length = 0; length < zip.Length; length++) await bench.RefusalOfAsync(zip[..length]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Bytes_before_the_archive_are_refused_whether_offsets_know_of_them_or_not(bool areCounted)
    {
        using var bench = new PackageBench();
        var polyglot = new ZipBuilder(Job) { Prefix = "<html><script>alert(1)</script>"u8.ToArray(), ShiftsOffsets = areCounted };

        Assert.Equal("archive.foreign-bytes", (await bench.RefusalOfAsync(polyglot.Build())).Code);
    }

    [Fact]
    public async Task Bytes_behind_the_archive_are_refused()
    {
        using var bench = new PackageBench();

        Assert.Equal("archive.foreign-bytes", (await bench.RefusalOfAsync(new ZipBuilder(Job) { Suffix = [1] }.Build())).Code);
    }

    [Fact]
    public async Task A_comment_is_fine_unless_it_holds_another_end_record()
    {
        using var bench = new PackageBench();
        var empty = new ZipBuilder().Build();

        await bench.AcceptAsync(new ZipBuilder(Job) { Comment = "made by hand"u8.ToArray() }.Build());
        Assert.Equal("archive.foreign-bytes", (await bench.RefusalOfAsync(new ZipBuilder(Job) { Comment = empty }.Build())).Code);
    }

    [Theory]
    [InlineData(0x0801, 0)]
    [InlineData(0x0841, 8)]
    [InlineData(0x2800, 8)]
    [InlineData(0x0800, 99)]
    public async Task Encrypted_entries_are_refused(int flags, int method)
    {
        using var bench = new PackageBench();

        var refusal = await bench.RefusalOfAsync(ZipBuilder.Of(Job, new ZipPart("b") { Flags = (ushort)flags, Method = (ushort)method }));

        Assert.Equal("archive.encrypted", refusal.Code);
        Assert.Equal("b", refusal.File);
    }

    [Theory]
    [InlineData(12)]
    [InlineData(93)]
    public async Task Rare_compression_is_refused(int method)
    {
        using var bench = new PackageBench();

        Assert.Equal("archive.method", (await bench.RefusalOfAsync(ZipBuilder.Of(new ZipPart("b") { Method = (ushort)method }))).Code);
    }

    [Fact]
    public async Task Parts_of_a_split_archive_are_refused()
    {
        using var bench = new PackageBench();

        Assert.Equal("archive.multi-disk", (await bench.RefusalOfAsync(new ZipBuilder(Job) { Disk = 1 }.Build())).Code);
        Assert.Equal("archive.multi-disk", (await bench.RefusalOfAsync(ZipBuilder.Of(Job with { Disk = 2 }))).Code);
    }

    [Fact]
    public async Task A_wide_archive_is_read_and_its_lies_are_not()
    {
        using var bench = new PackageBench();

        await bench.AcceptAsync(new ZipBuilder(Job) { Zip64Entries = 1 }.Build());
        await bench.AcceptAsync(new ZipBuilder(Job) { Entries = 65_535, Zip64Entries = 1 }.Build());
        Assert.Equal("archive.damaged", (await bench.RefusalOfAsync(new ZipBuilder(Job) { Zip64Entries = 2 }.Build())).Code);
        Assert.Equal("archive.damaged", (await bench.RefusalOfAsync(new ZipBuilder(Job) { Entries = 65_535, Zip64Entries = 2 }.Build())).Code);
        Assert.Equal("archive.damaged", (await bench.RefusalOfAsync(new ZipBuilder(Job) { DirectoryOffset = uint.MaxValue }.Build())).Code);
        Assert.Equal("archive.damaged", (await bench.RefusalOfAsync(ZipBuilder.Of(Job with { Length = uint.MaxValue }))).Code);

        byte[] huge = [1, 0, 8, 0, 255, 255, 255, 255, 255, 255, 255, 127];
        Assert.Equal("archive.damaged", (await bench.RefusalOfAsync(ZipBuilder.Of(Job with { PackedLength = uint.MaxValue, Extra = huge }))).Code);
    }

    [Fact]
    public async Task Headers_that_disagree_are_refused()
    {
        using var bench = new PackageBench();

        Assert.Equal("archive.damaged", (await bench.RefusalOfAsync(ZipBuilder.Of(Job with { LocalName = "b.job"u8.ToArray() }))).Code);
        Assert.Equal("archive.damaged", (await bench.RefusalOfAsync(ZipBuilder.Of(Job with { HeaderOffset = 3 }))).Code);
        Assert.Equal("archive.damaged", (await bench.RefusalOfAsync(ZipBuilder.Of(Job with { PackedLength = 1_000 }))).Code);
        Assert.Equal("archive.damaged", (await bench.RefusalOfAsync(new ZipBuilder(Job) { Entries = 2 }.Build())).Code);
    }

    [Fact]
    public async Task Damaged_content_is_noticed()
    {
        using var bench = new PackageBench();

        Assert.Equal("archive.damaged", (await bench.RefusalOfAsync(ZipBuilder.Of(Job with { Crc = 1 }))).Code);
        Assert.Equal("archive.damaged", (await bench.RefusalOfAsync(Corrupt(ZipBuilder.Of(new ZipPart("a") { Method = 8 })))).Code);
    }

    [Fact]
    public async Task An_archive_without_files_is_refused()
    {
        using var bench = new PackageBench();

        Assert.Equal("archive.empty", (await bench.RefusalOfAsync(new ZipBuilder().Build())).Code);
        Assert.Equal("archive.empty", (await bench.RefusalOfAsync(ZipBuilder.Of(("a/", ""), ("a/b/", "")))).Code);
    }

    /// <summary>Overwrites the first packed byte with a block type that deflate does not have.</summary>
    private static byte[] Corrupt(byte[] zip)
    {
        zip[30 + 1] = 0xff;
        return zip;
    }
}
