using System.IO.Compression;
using System.Security.Cryptography;
using CsCheck;
using Scheduler.Silo.Packages;

namespace Scheduler.Silo.Tests.Packages.Archives;

public class UnpackTests
{
    [Fact]
    public async Task The_manifest_lists_what_is_on_disk()
    {
        using var bench = new PackageBench();
        var zip = ZipBuilder.Of(new ZipPart("b/data.bin", "\0\u00ff") { Method = 8 }, new ZipPart("a.job", "type=noop"), new ZipPart("empty", ""));

        using var result = await bench.ReadZipAsync(zip);

        var accepted = Assert.IsType<PackageReadResult.Accepted>(result);
        Assert.Equal(["a.job", "b/data.bin", "empty"], accepted.Files.Select(file => file.Path));
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(zip)), accepted.Sha256);
        Assert.Equal(zip.Length, accepted.Length);
        foreach (var file in accepted.Files)
        {
            var content = File.ReadAllBytes(accepted.Tree.PathOf(file));
            Assert.Equal((content.Length, Convert.ToHexStringLower(SHA256.HashData(content))), ((int)file.Length, file.Sha256));
        }
    }

    [Fact]
    public async Task A_package_that_is_being_read_survives_no_crash()
    {
        using var bench = new PackageBench();

        using var result = await bench.ReadAsync(("a.job", "type=noop"));

        Assert.Empty(bench.LeftBehind);
    }

    [Fact]
    public async Task Contents_live_as_long_as_the_result()
    {
        using var bench = new PackageBench();
        var result = Assert.IsType<PackageReadResult.Accepted>(await bench.ReadAsync(("a.job", "type=noop"), ("b.job", "type=noop\n")));

        var path = result.Tree.PathOf(result.Files[1]);
        Assert.Equal("type=noop\n", File.ReadAllText(path));
        Assert.Equal(path, result.Tree.PathOf(result.Files[1]));

        result.Dispose();
        Assert.Empty(bench.LeftBehind);
        Assert.Throws<ObjectDisposedException>(() => result.Tree.ReadAllBytes(result.Files[0]));
    }

    [Fact]
    public async Task Contents_can_be_read_side_by_side()
    {
        using var bench = new PackageBench();
        using var result = await bench.ReadAsync(("a", "first"), ("b", "second"));
        var accepted = Assert.IsType<PackageReadResult.Accepted>(result);

        using var a = new StreamReader(accepted.Tree.Open(accepted.Files[0]));
        using var b = new StreamReader(accepted.Tree.Open(accepted.Files[1]));

        Assert.Equal(("first", "second"), (await a.ReadToEndAsync(), await b.ReadToEndAsync()));
        Assert.Equal("fir"u8.ToArray(), accepted.Tree.ReadHead(accepted.Files[0], 3));
    }

    [Fact]
    public async Task Giving_up_leaves_nothing_behind()
    {
        using var bench = new PackageBench();
        var path = Path.Combine(bench.NewFolder(), "a.zip");
        File.WriteAllBytes(path, ZipBuilder.Of(("a.job", "type=noop")));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => bench.Reader().ReadArchiveAsync(path, new CancellationToken(true)));

        Assert.Empty(bench.LeftBehind);
    }

    [Fact]
    public async Task Archives_of_the_platform_library_are_read_with_streamed_sizes()
    {
        using var bench = new PackageBench();
        using var target = new ForwardOnly();
        await using (var archive = new ZipArchive(target, ZipArchiveMode.Create))
            foreach (var name in new[] { "a.job", "dir/b.job" })
            {
                await using var entry = archive.CreateEntry(name).Open();
                entry.Write("type=noop"u8);
            }

        using var result = await bench.ReadZipAsync(target.Written.ToArray());

        Assert.Equal(["a", "b"], Assert.IsType<PackageReadResult.Accepted>(result).Definition.Workflows.Select(workflow => workflow.Id));
    }

    [Fact]
    public async Task Directories_that_would_get_lost_are_mentioned()
    {
        using var bench = new PackageBench();

        var warnings = await bench.WarningsOfAsync(("logs/", ""), ("in/", ""), ("in/a.job", "type=noop"));

        Assert.Equal("logs/", Assert.Single(warnings, warning => warning.Code == "archive.empty-directory").File);
    }

    [Theory]
    [InlineData("\u00ef\u00bb\u00bf#!/bin/sh\n", "package.script-byte-order-mark")]
    [InlineData("#!/bin/sh\r\necho\r\n", "package.script-line-ends")]
    [InlineData("e\0c\0h\0o\0", "package.script-binary")]
    public async Task Scripts_that_cannot_run_are_mentioned(string content, string code)
    {
        using var bench = new PackageBench();

        Assert.Equal(code, Assert.Single(await bench.WarningsOfAsync(("a.job", "type=noop"), ("x.sh", content))).Code);
    }

    [Fact]
    public void No_change_to_an_archive_makes_the_reader_throw_or_leave_files()
    {
        using var bench = new PackageBench();
        var zip = ZipBuilder.Of(new ZipPart("a.job", "type=noop\ndependencies=b") { Method = 8 }, new ZipPart("d/b.job", "type=noop"));

        Gen.Select(Gen.Int[0, zip.Length - 1], Gen.Byte).List[1, 4].Sample(
            changes =>
            {
                var changed = zip.ToArray();
                foreach (var (at, value) in changes) changed[at] = value;
                using (bench.ReadZipAsync(changed).GetAwaiter().GetResult()) { }
                return bench.LeftBehind.Count == 0;
            },
            iter: 2_000, threads: 1);
    }

    private sealed class ForwardOnly : Stream
    {
        public MemoryStream Written { get; } = new();
        public override bool CanRead => false;
        public override bool CanSeek => false;
        public override bool CanWrite => true;
        public override long Length => throw new NotSupportedException();
        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override void Flush() { }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => Written.Write(buffer, offset, count);
    }
}
