namespace Scheduler.Silo.Tests.Packages.Archives;

public class EntryKindTests
{
    [Theory]
    [InlineData(0xa1ffu, "a symbolic link")]
    [InlineData(0x11a4u, "a named pipe")]
    [InlineData(0x21a4u, "a device")]
    [InlineData(0x61a4u, "a device")]
    [InlineData(0xc1a4u, "a socket")]
    [InlineData(0xe1a4u, "of an unknown kind")]
    [InlineData(0x41edu, "a directory named like a file")]
    public async Task Anything_but_files_and_directories_is_refused(uint mode, string kind)
    {
        using var bench = new PackageBench();
        var link = new ZipPart("link", "/etc") { Mode = mode };

        var refusal = await bench.RefusalOfAsync(ZipBuilder.Of(new ZipPart("a.job"), link));

        Assert.Equal("archive.entry-kind", refusal.Code);
        Assert.Equal("link", refusal.File);
        Assert.Contains(kind, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_below_a_link_is_refused()
    {
        using var bench = new PackageBench();

        var refusal = await bench.RefusalOfAsync(ZipBuilder.Of(new ZipPart("a", "/tmp") { Mode = 0xa1ff }, new ZipPart("a/passwd", "x")));

        Assert.Equal("archive.collision", refusal.Code);
    }

    [Fact]
    public async Task A_directory_hides_no_content()
    {
        using var bench = new PackageBench();

        var refusal = await bench.RefusalOfAsync(ZipBuilder.Of(new ZipPart("a/", "hidden"), new ZipPart("a/b")));

        Assert.Equal("archive.entry-kind", refusal.Code);
    }

    [Fact]
    public async Task Mode_bits_of_plain_files_are_ignored()
    {
        using var bench = new PackageBench();

        await bench.AcceptAsync(ZipBuilder.Of(new ZipPart("x.sh", "true\n") { Mode = 0x8fff }));
    }
}
