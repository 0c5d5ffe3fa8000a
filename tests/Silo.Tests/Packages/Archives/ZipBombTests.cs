using Scheduler.Silo.Packages;

namespace Scheduler.Silo.Tests.Packages.Archives;

public class ZipBombTests
{
    [Fact]
    public async Task A_file_that_unpacks_a_thousandfold_is_refused()
    {
        using var bench = new PackageBench();

        var refusal = await bench.RefusalOfAsync(ZipBuilder.Of(Zeros("bomb.txt", 12 << 20)));

        Assert.Equal("archive.ratio", refusal.Code);
        Assert.Equal("bomb.txt", refusal.File);
    }

    [Fact]
    public async Task Many_small_bombs_make_a_large_one()
    {
        using var bench = new PackageBench();

        var refusal = await bench.RefusalOfAsync(ZipBuilder.Of([.. Enumerable.Range(0, 12).Select(i => Zeros($"{i}.txt", 1 << 20))]));

        Assert.Equal("archive.ratio", refusal.Code);
    }

    [Fact]
    public async Task A_small_file_of_blanks_is_no_bomb()
    {
        using var bench = new PackageBench();

        using var result = await bench.ReadZipAsync(ZipBuilder.Of(Zeros("a.txt", 1 << 20), new ZipPart("a.job", "type=noop") { Method = 8 }));

        Assert.Equal([1 << 20, 9L], Assert.IsType<PackageReadResult.Accepted>(result).Files.OrderByDescending(file => file.Length).Select(file => file.Length));
    }

    [Fact]
    public async Task A_gigabyte_that_claims_to_be_a_kilobyte_is_refused_at_its_first_buffer()
    {
        using var bench = new PackageBench();

        var refusal = await bench.RefusalOfAsync(ZipBuilder.Of(Zeros("a.txt", 64 << 20) with { Length = 1_024 }));

        Assert.Equal("archive.lying-size", refusal.Code);
    }

    [Theory]
    [InlineData(1u)]
    [InlineData(4_095u)]
    [InlineData(4_097u)]
    public async Task A_size_that_is_not_true_is_refused(uint declared)
    {
        using var bench = new PackageBench();

        var refusal = await bench.RefusalOfAsync(ZipBuilder.Of(Zeros("a.txt", 4_096) with { Length = declared }));

        Assert.Equal("archive.lying-size", refusal.Code);
    }

    [Fact]
    public async Task Limits_hold_for_stored_entries_too()
    {
        using var bench = new PackageBench();
        bench.Archive.MaxFileBytes = 10;
        bench.Archive.MaxTotalBytes = 15;

        Assert.Equal("archive.file-too-large", (await bench.RefusalOfAsync(ZipBuilder.Of(("a", "12345678901")))).Code);
        Assert.Equal("archive.too-large", (await bench.RefusalOfAsync(ZipBuilder.Of(("a", "1234567890"), ("b", "123456")))).Code);
    }

    [Fact]
    public async Task The_total_is_counted_and_not_believed()
    {
        using var bench = new PackageBench();
        bench.Archive.MaxTotalBytes = 5_000;
        var parts = Enumerable.Range(0, 4).Select(i => Zeros($"{i}.txt", 4_096) with { Length = 1 }).ToArray();

        Assert.Equal("archive.lying-size", (await bench.RefusalOfAsync(ZipBuilder.Of(parts))).Code);
    }

    [Fact]
    public async Task Too_many_entries_are_refused_whatever_the_end_record_says()
    {
        using var bench = new PackageBench();
        bench.Archive.MaxEntries = 3;
        var parts = Enumerable.Range(0, 4).Select(i => new ZipPart($"{i}")).ToArray();

        Assert.Equal("archive.too-many-entries", (await bench.RefusalOfAsync(ZipBuilder.Of(parts))).Code);
        Assert.Equal("archive.too-many-entries", (await bench.RefusalOfAsync(new ZipBuilder(parts) { Entries = 2 }.Build())).Code);
        Assert.Equal("archive.too-many-entries", (await bench.RefusalOfAsync(new ZipBuilder(parts) { Entries = 65_535, Zip64Entries = 1L << 40 }.Build())).Code);
    }

    [Fact]
    public async Task Entries_that_share_their_bytes_are_refused()
    {
        using var bench = new PackageBench();
        var kernel = new ZipPart("a", "0123456789");
        var again = kernel with { HasData = false, HeaderOffset = 0 };

        var sameName = await bench.RefusalOfAsync(ZipBuilder.Of(kernel, again));
        var overlap = await bench.RefusalOfAsync(Overlapping());

        Assert.Equal("archive.duplicate", sameName.Code);
        Assert.Equal("archive.overlap", overlap.Code);
    }

    [Fact]
    public async Task Archives_inside_the_archive_stay_packed()
    {
        using var bench = new PackageBench();
        var inner = ZipBuilder.Of(Zeros("bomb", 64 << 20));

        using var result = await bench.ReadZipAsync(ZipBuilder.Of(new ZipPart("lib.zip"u8.ToArray(), inner), new ZipPart("a.job", "type=noop")));

        Assert.Equal(inner.Length, Assert.IsType<PackageReadResult.Accepted>(result).Files.Single(file => file.Path == "lib.zip").Length);
    }

    private static ZipPart Zeros(string name, int length) => new(System.Text.Encoding.UTF8.GetBytes(name), new byte[length]) { Method = 8 };

    /// <summary>As in Fifield's bomb: the first file's data is the header and data of the second.</summary>
    private static byte[] Overlapping()
    {
        var inner = ZipBuilder.Of(new ZipPart("b", "payload"));
        var local = inner[..(30 + 1 + 7)];
        var outer = new ZipPart("a"u8.ToArray(), local);
        return ZipBuilder.Of(outer, new ZipPart("b", "payload") { HasData = false, HeaderOffset = 31 });
    }
}
