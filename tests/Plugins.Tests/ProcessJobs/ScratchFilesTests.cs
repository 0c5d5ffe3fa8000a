using System.Diagnostics;
using Scheduler.Plugins.ProcessJobs;
using Scheduler.Plugins.Tests.Support;

namespace Scheduler.Plugins.Tests.ProcessJobs;

public sealed class ScratchFilesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private ScratchFiles Files => field ??= new ScratchFiles(Path.Combine(_folder.Path, "scratch"));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_file_is_for_the_owner_alone_and_holds_nothing_once_it_is_given_back()
    {
        string path;
        using (var file = Files.Lend("secret"u8))
        {
            path = file.Path;
            Assert.Equal("secret", File.ReadAllText(path));
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
        }

        Assert.Equal("", File.ReadAllText(path));
    }

    [Fact]
    public void A_file_is_lent_again_only_after_it_was_given_back()
    {
        var first = Files.Lend([]);
        var second = Files.Lend([]);
        Assert.NotEqual(first.Path, second.Path);

        first.Dispose();

        Assert.Equal(first.Path, Files.Lend([]).Path);
    }

    [Fact]
    public void What_a_straggler_of_the_last_attempt_writes_is_not_in_the_way_of_the_next()
    {
        var first = Files.Lend([]);
        first.Dispose();
        File.WriteAllText(first.Path, "late and longer than the next");

        using var second = Files.Lend("next"u8);

        Assert.Equal("next", File.ReadAllText(second.Path));
    }

    [Fact]
    public void Whatever_a_job_puts_in_the_place_of_a_file_is_not_written_to()
    {
        var target = _folder.Write("target", "untouched");
        foreach (var replace in (Action<string>[])[path => File.CreateSymbolicLink(path, target), MakePipe, path => Directory.CreateDirectory(path), _ => { }])
        {
            var file = Files.Lend([]);
            File.Delete(file.Path);
            replace(file.Path);
            file.Dispose();

            using var next = Files.Lend("next"u8);
            Assert.NotEqual(file.Path, next.Path);
        }

        Assert.Equal("untouched", File.ReadAllText(target));
    }

    [Fact]
    public void What_an_earlier_process_left_is_gone()
    {
        var left = _folder.Write("scratch/17", "secret of a process that was killed");

        using var file = Files.Lend([]);

        Assert.False(File.Exists(left));
    }

    private static void MakePipe(string path)
    {
        using var make = Process.Start("mkfifo", path);
        make.WaitForExit();
    }
}
