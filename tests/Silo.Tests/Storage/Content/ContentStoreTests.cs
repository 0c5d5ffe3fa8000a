using System.IO.Compression;
using System.Security.Cryptography;
using Scheduler.Silo.Storage.Content;

namespace Scheduler.Silo.Tests.Storage.Content;

public sealed class FileContentStoreTests(SqliteStorage storage) : ContentStoreTests(storage), IClassFixture<SqliteStorage>
{
    [Fact]
    public async Task A_store_that_starts_removes_what_another_left_unfinished()
    {
        var unfinished = Path.Combine(Storage.Options.DataDirectory, "content", "unfinished", "half");
        await File.WriteAllTextAsync(unfinished, "half");

        _ = new FileContentStore(Storage.Options.DataDirectory);

        Assert.False(File.Exists(unfinished));
    }
}

public sealed class PostgreSqlContentStoreTests(PostgreSqlStorage storage) : ContentStoreTests(storage), IClassFixture<PostgreSqlStorage>;

/// <summary>What every content store must do.</summary>
public abstract class ContentStoreTests(StorageFixture storage)
{
    private const int Chunk = ContentChunks.ChunkLength;

    private readonly IContentStore store = storage.Silo.Content;

    protected StorageFixture Storage => storage;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(Chunk - 1)]
    [InlineData(Chunk)]
    [InlineData(Chunk + 1)]
    [InlineData(3 * Chunk + 17)]
    public async Task What_is_put_comes_back_whole(int length)
    {
        var content = Bytes(length, seed: length);

        var (sha256, stored) = await store.PutAsync(new MemoryStream(content), default);

        Assert.Equal((Convert.ToHexStringLower(SHA256.HashData(content)), length), (sha256, stored));
        Assert.True(await store.ExistsAsync(sha256, default));
        Assert.Equal(content, await ReadAsync(sha256));
    }

    [Fact]
    public async Task A_stream_is_stored_from_its_position()
    {
        var stream = new MemoryStream("skip the rest"u8.ToArray()) { Position = 5 };
        Assert.Equal("the rest"u8.ToArray(), await ReadAsync((await store.PutAsync(stream, default)).Sha256));
    }

    [Theory]
    [InlineData(100)]
    [InlineData(2 * Chunk)]
    public async Task The_same_content_put_twice_and_at_once_is_one_content(int length)
    {
        var content = Bytes(length, seed: 1_000 + length);

        var puts = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => store.PutAsync(new MemoryStream(content), default)));

        Assert.Single(puts.Distinct());
        Assert.Equal(content, await ReadAsync(puts[0].Sha256));
    }

    [Fact]
    public async Task Many_contents_of_all_sizes_are_put_together_duplicates_included()
    {
        var contents = Enumerable.Range(0, 500).Select(i => Bytes(i == 77 ? 2 * Chunk : i % 250 * 10, seed: i % 250)).ToList();
        var addressed = contents.Select(content => (ContentAddress.Of(content), (ReadOnlyMemory<byte>)content)).ToList();

        await store.PutManyAsync(addressed, default);
        await store.PutManyAsync(addressed, default);

        foreach (var (sha256, content) in addressed) Assert.Equal(content.ToArray(), await ReadAsync(sha256));
    }

    [Fact]
    public async Task A_content_under_a_wrong_address_is_refused()
    {
        var wrong = ContentAddress.Of("other"u8);

        await Assert.ThrowsAsync<ArgumentException>(() => store.PutManyAsync([(wrong, "this"u8.ToArray())], default));

        Assert.False(await store.ExistsAsync(wrong, default));
    }

    [Theory]
    [InlineData("ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff")]
    [InlineData("../../../etc/passwd")]
    [InlineData("")]
    public async Task What_is_not_there_is_not_found(string sha256)
    {
        Assert.False(await store.ExistsAsync(sha256, default));
        await Assert.ThrowsAsync<KeyNotFoundException>(() => store.OpenAsync(sha256, default));
    }

    [Fact]
    public async Task A_source_that_fails_leaves_nothing_and_the_store_usable()
    {
        var content = Bytes(3 * Chunk, seed: 5);

        await Assert.ThrowsAsync<InvalidDataException>(() => store.PutAsync(new Source(3 * Chunk, breaksAt: 2 * Chunk + 5), default));

        Assert.Equal(content, await ReadAsync((await store.PutAsync(new MemoryStream(content), default)).Sha256));
    }

    [Fact]
    public async Task A_stored_archive_can_be_read_entry_by_entry()
    {
        var archive = new MemoryStream();
        using (var zip = new ZipArchive(archive, ZipArchiveMode.Create, leaveOpen: true))
            for (var i = 0; i < 3; i++)
            {
                await using var entry = zip.CreateEntry($"{i}", CompressionLevel.NoCompression).Open();
                await entry.WriteAsync(Bytes(Chunk, seed: i));
            }

        var (sha256, _) = await store.PutAsync(new MemoryStream(archive.ToArray()), default);

        using var stored = new ZipArchive(await store.OpenAsync(sha256, default));
        await using var last = await stored.GetEntry("2")!.OpenAsync();
        var read = new MemoryStream();
        await last.CopyToAsync(read);
        Assert.Equal(Bytes(Chunk, seed: 2), read.ToArray());
    }

    private static byte[] Bytes(int length, int seed)
    {
        var bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    private async Task<byte[]> ReadAsync(string sha256)
    {
        await using var stream = await store.OpenAsync(sha256, default);
        var read = new MemoryStream();
        await stream.CopyToAsync(read);
        return read.ToArray();
    }
}
