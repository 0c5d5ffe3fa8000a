using System.Net;
using Scheduler.Api.Tests.Host;

namespace Scheduler.Api.Tests.Azkaban.Manager;

/// <summary>Runs alone, since it looks at what the whole process allocates.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class AloneCollection
{
    public const string Name = "alone";
}

[Collection(AloneCollection.Name)]
public sealed class UploadMemoryTests : ApiTest
{
    private const int Megabytes = 96;

    [Fact]
    public async Task A_large_upload_passes_through_without_filling_the_memory()
    {
        // The reader may not upload, so the file is received in full and then dropped.
        using var form = new MultipartFormDataContent { { new Zeros(), "file", "big.zip" } };
        foreach (var (name, value) in new[] { ("session.id", (await Api.AsAsync("reader")).Session), ("ajax", "upload"), ("project", "etl") })
            form.Add(new StringContent(value), name);

        var before = GC.GetTotalAllocatedBytes();
        var answer = await Api.PostAsync("/manager", form);
        var allocated = GC.GetTotalAllocatedBytes() - before;

        Assert.Equal("Installation Failed. User 'reader' does not have write access.", answer.Error);
        Assert.InRange(allocated >> 20, 0, Megabytes / 4);
        Assert.Empty(Api.LeftBehind);
    }

    /// <summary>A file that needs no memory on the client's side either.</summary>
    private sealed class Zeros : HttpContent
    {
        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            var megabyte = new byte[1 << 20];
            for (var sent = 0; sent < Megabytes; sent++) await stream.WriteAsync(megabyte);
        }

        protected override bool TryComputeLength(out long length)
        {
            length = (long)Megabytes << 20;
            return true;
        }
    }
}
