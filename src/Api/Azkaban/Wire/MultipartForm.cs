namespace Scheduler.Api.Azkaban.Wire;

/// <summary>A multipart request that has arrived completely: its text parts, and its file in a temporary place.</summary>
internal sealed class MultipartForm : IDisposable
{
    public Parameters Fields { get; } = new();

    /// <summary>The first part named <c>file</c> that has a file name; null when there is none.</summary>
    public UploadedFile? File { get; set; }

    public void Dispose()
    {
        if (File is not null) System.IO.File.Delete(File.Path);
    }
}

/// <summary>A file as it was sent.</summary>
/// <param name="Name">The client's name for it, without directories.</param>
/// <param name="ContentType">Empty when the part has none.</param>
/// <param name="Path">Where its bytes are; gone when the request ends.</param>
internal sealed record UploadedFile(string Name, string ContentType, string Path);
