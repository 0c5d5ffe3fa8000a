using System.IO.Compression;
using System.Net.Http.Headers;
using System.Text;

namespace Scheduler.Api.Tests.Host;

/// <summary>Archives and the requests that upload them.</summary>
public static class Packages
{
    /// <summary>A zip of job files: names and contents.</summary>
    public static byte[] Zip(params (string Name, string Content)[] files)
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create))
            foreach (var (name, content) in files)
            {
                using var entry = zip.CreateEntry(name).Open();
                entry.Write(Encoding.UTF8.GetBytes(content));
            }
        return bytes.ToArray();
    }

    public static byte[] Good { get; } = Zip(("a.job", "type=noop"), ("b.job", "type=noop\ndependencies=a"));

    public static MultipartFormDataContent Upload(
        string? project, byte[]? archive = null, string fileName = "etl.zip", string? contentType = "application/zip",
        string ajax = "ajax", params (string Name, string Value)[] fields)
    {
        var form = new MultipartFormDataContent();
        foreach (var (name, value) in fields) form.Add(new StringContent(value), name);
        form.Add(new StringContent("upload"), ajax);
        if (project is not null) form.Add(new StringContent(project), "project");
        form.Add(File(archive ?? Good, contentType), "file", fileName);
        return form;
    }

    public static HttpContent File(byte[] archive, string? contentType)
    {
        var file = new ByteArrayContent(archive);
        file.Headers.ContentType = contentType is null ? null : MediaTypeHeaderValue.Parse(contentType);
        return file;
    }
}
