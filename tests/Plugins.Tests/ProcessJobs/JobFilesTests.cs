using System.Diagnostics;
using Scheduler.Contracts.Nodes;
using Scheduler.Plugins.ProcessJobs;
using Scheduler.Plugins.Tests.Support;

namespace Scheduler.Plugins.Tests.ProcessJobs;

public sealed class JobFilesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void They_are_for_the_owner_alone_and_go_with_their_object()
    {
        using (var files = new JobFiles(_folder.Path, new AttemptId(1, 2, 3)))
        {
            var path = files.Create("props", "secret"u8);

            Assert.Equal("secret", File.ReadAllText(path));
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
        }

        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder.Path));
    }

    [Fact]
    public void A_link_laid_in_the_way_is_not_written_through()
    {
        var target = _folder.Write("target", "untouched");
        File.CreateSymbolicLink(Path.Combine(_folder.Path, ".attempt-1.2.3.props"), target);

        using var files = new JobFiles(_folder.Path, new AttemptId(1, 2, 3));
        files.Create("props", "secret"u8);

        Assert.Equal("untouched", File.ReadAllText(target));
    }

    [Fact]
    public void What_a_job_has_put_in_their_place_does_not_matter_at_the_end()
    {
        using var files = new JobFiles(_folder.Path, new AttemptId(1, 2, 3));
        var path = files.Create("props", []);
        File.Delete(path);
        Directory.CreateDirectory(Path.Combine(path, "full"));

        files.Dispose();
    }

    [Fact]
    public void A_file_is_read_up_to_its_limit()
    {
        Assert.Null(JobFiles.Read(_folder.Write("a", "12345"), 5, out var content));
        Assert.Equal("12345"u8.ToArray(), content);
        Assert.Equal("it is longer than 4 bytes", JobFiles.Read(_folder.Write("a", "12345"), 4, out _));
    }

    [Fact]
    public void A_gigabyte_with_nothing_in_it_is_not_read()
    {
        using (var file = File.Create(Path.Combine(_folder.Path, "sparse"))) file.SetLength(1L << 40);

        Assert.Contains("longer", JobFiles.Read(Path.Combine(_folder.Path, "sparse"), 1 << 20, out _), StringComparison.Ordinal);
    }

    [Fact]
    public void Links_pipes_folders_and_gaps_are_refused()
    {
        File.CreateSymbolicLink(Path.Combine(_folder.Path, "link"), "/etc/passwd");
        using (var make = Process.Start("mkfifo", Path.Combine(_folder.Path, "pipe"))) make.WaitForExit();

        foreach (var name in (string[])["link", "pipe", "no-such", ""])
        {
            Assert.NotNull(JobFiles.Read(Path.Combine(_folder.Path, name), 100, out var content));
            Assert.Empty(content);
        }
    }
}
