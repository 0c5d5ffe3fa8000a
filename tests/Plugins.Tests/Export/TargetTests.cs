using System.Security.Cryptography;
using Scheduler.Plugins.Export;
using Scheduler.Plugins.Export.Targets;

namespace Scheduler.Plugins.Tests.Export;

public class TargetTests
{
    private static readonly FileLayout ByRows = new FileLayout.BySize(MaxRows: 2);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(50_000)]
    public async Task A_file_stays_as_it_was_when_the_source_breaks(int rows)
    {
        using var folder = new ExportFolder();
        await folder.ExportAsync(SourceRows.OfText("x", "old"), "sub/a.csv");

        await Assert.ThrowsAsync<IOException>(() => folder.ExportAsync(Broken(rows), "sub/a.csv"));

        Assert.Equal("x\r\nold\r\n", folder.Text("sub/a.csv"));
        Assert.Equal(["sub", "sub/a.csv"], folder.Names);
    }

    [Fact]
    public async Task A_folder_stays_as_it_was_when_the_source_breaks_and_is_replaced_as_a_whole_when_not()
    {
        using var folder = new ExportFolder();
        await folder.ExportAsync(SourceRows.OfText("x", "1", "2", "3"), "a", layout: ByRows);
        await Assert.ThrowsAsync<IOException>(() => folder.ExportAsync(Broken(7), "a", layout: ByRows));
        Assert.Equal(["a", "a/_manifest.json", "a/a-00001.csv", "a/a-00002.csv"], folder.Names);
        Assert.Equal("x\r\n3\r\n", folder.Text("a/a-00002.csv"));

        await folder.ExportAsync(SourceRows.OfText("x", "new"), "a", layout: ByRows);
        Assert.Equal(["a", "a/_manifest.json", "a/a-00001.csv"], folder.Names);
        Assert.Equal("x\r\nnew\r\n", folder.Text("a/a-00001.csv"));
    }

    [Fact]
    public async Task A_cancelled_export_leaves_what_was_there()
    {
        using var folder = new ExportFolder();
        using var cancel = new CancellationTokenSource();
        IEnumerable<object?[]> Rows()
        {
            yield return ["1"];
            cancel.Cancel();
            yield return ["2"];
        }

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            folder.ExportAsync(new SourceRows([new("x", typeof(string))], Rows()), "a.csv", cancellationToken: cancel.Token));
        Assert.Empty(folder.Names);
    }

    [Fact]
    public async Task What_a_killed_export_left_is_removed_by_the_next()
    {
        using var folder = new ExportFolder();
        File.WriteAllText(folder.Path(".a.csv.partial"), "half");
        Directory.CreateDirectory(folder.Path(".b.partial/x=1"));
        File.WriteAllText(folder.Path(".b.partial/x=1/part-00001.csv"), "half");

        await folder.ExportAsync(SourceRows.OfText("x", "1"), "a.csv");
        await folder.ExportAsync(SourceRows.OfText("x", "1"), "b", layout: ByRows);

        Assert.Equal(["a.csv", "b", "b/_manifest.json", "b/b-00001.csv"], folder.Names);
    }

    [Fact]
    public void Without_a_swap_the_old_folder_is_moved_aside_and_a_kill_in_between_is_healed()
    {
        using var folder = new ExportFolder();
        var target = folder.Path("a");
        Directory.CreateDirectory(target);
        File.WriteAllText(Path.Combine(target, Manifest.FileName), "old");
        using (var staging = Staging.Open(target, isFolder: true, (_, _) => false))
        {
            File.WriteAllText(Path.Combine(staging.Path, Manifest.FileName), "new");
            staging.Commit();
        }

        Assert.Equal("new", File.ReadAllText(Path.Combine(target, Manifest.FileName)));
        Assert.Equal(["a", "a/_manifest.json"], folder.Names);

        Directory.Move(target, folder.Path(".a.old"));
        Staging.Open(target, isFolder: true, (_, _) => false).Dispose();
        Assert.Equal(["a", "a/_manifest.json"], folder.Names);
    }

    [Fact]
    public void Two_folders_are_swapped_at_once()
    {
        using var folder = new ExportFolder();
        Directory.CreateDirectory(folder.Path("a/one"));
        Directory.CreateDirectory(folder.Path("b/two"));
        Assert.True(NativeFiles.TryExchange(folder.Path("a"), folder.Path("b")));
        Assert.Equal(["a", "a/two", "b", "b/one"], folder.Names);
    }

    [Fact]
    public async Task Two_exports_do_not_write_to_one_target()
    {
        using var folder = new ExportFolder();
        using var other = Staging.Open(folder.Path("a.csv"), isFolder: false, NativeFiles.TryExchange);
        Assert.Equal("export.busy", (await Assert.ThrowsAsync<ExportException>(() => folder.ExportAsync(SourceRows.OfText("x"), "a.csv"))).Code);
    }

    [Theory]
    [InlineData("")]
    [InlineData("/etc/passwd")]
    [InlineData("../a.csv")]
    [InlineData("a/../../b.csv")]
    [InlineData("a//b.csv")]
    [InlineData("./a.csv")]
    [InlineData("a/.hidden")]
    [InlineData("a\0.csv")]
    [InlineData("a\n.csv")]
    public async Task A_path_cannot_leave_the_folder(string path)
    {
        using var folder = new ExportFolder();
        Assert.Equal("export.path", (await Assert.ThrowsAsync<ExportException>(() => folder.ExportAsync(SourceRows.OfText("x"), path))).Code);
        Assert.Equal("export.path", (await Assert.ThrowsAsync<ExportException>(() => folder.ColumnAsync(path, ExportFolder.Csv))).Code);
    }

    [Fact]
    public async Task A_link_does_not_lead_out()
    {
        using var folder = new ExportFolder();
        using var outside = new ExportFolder();
        Directory.CreateSymbolicLink(folder.Path("out"), outside.Path(""));
        File.WriteAllText(outside.Path("a.csv"), "x\r\nsecret\r\n");
        File.CreateSymbolicLink(folder.Path("a.csv"), outside.Path("a.csv"));

        Assert.Equal("export.path", (await Assert.ThrowsAsync<ExportException>(() => folder.ExportAsync(SourceRows.OfText("x"), "out/a.csv"))).Code);
        Assert.Equal("export.path", (await Assert.ThrowsAsync<ExportException>(() => folder.ExportAsync(SourceRows.OfText("x"), "out", layout: ByRows))).Code);
        Assert.Equal("export.path", (await Assert.ThrowsAsync<ExportException>(() => folder.ColumnAsync("a.csv", ExportFolder.Csv))).Code);

        await folder.ExportAsync(SourceRows.OfText("x", "mine"), "a.csv");
        Assert.Null(new FileInfo(folder.Path("a.csv")).LinkTarget);
        Assert.Equal("x\r\nsecret\r\n", outside.Text("a.csv"));
    }

    [Fact]
    public async Task A_folder_no_export_has_made_is_not_replaced()
    {
        using var folder = new ExportFolder();
        Directory.CreateDirectory(folder.Path("a"));
        File.WriteAllText(folder.Path("a/thesis.txt"), "");
        Assert.Equal("export.foreign-folder",
            (await Assert.ThrowsAsync<ExportException>(() => folder.ExportAsync(SourceRows.OfText("x"), "a", layout: ByRows))).Code);
        Assert.Equal("export.other-kind", (await Assert.ThrowsAsync<ExportException>(() => folder.ExportAsync(SourceRows.OfText("x"), "a"))).Code);
    }

    [Fact]
    public async Task Files_are_for_their_owner_and_group()
    {
        using var folder = new ExportFolder();
        await folder.ExportAsync(SourceRows.OfText("x", "1"), "sub/a.csv");
        const UnixFileMode others = UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute | UnixFileMode.GroupWrite;
        Assert.Equal(UnixFileMode.None, File.GetUnixFileMode(folder.Path("sub/a.csv")) & others);
        Assert.Equal(UnixFileMode.None, File.GetUnixFileMode(folder.Path("sub")) & others);
    }

    [Fact]
    public async Task The_result_tells_rows_bytes_and_checksums_of_each_file()
    {
        using var folder = new ExportFolder();
        var result = await folder.ExportAsync(SourceRows.OfText("x", "1", "2", "3"), "a", layout: ByRows);

        Assert.Equal([("a-00001.csv", 2L), ("a-00002.csv", 1L)], result.Files.Select(file => (file.Name, file.Rows)));
        Assert.Equal(3, result.Rows);
        foreach (var file in result.Files)
        {
            var content = File.ReadAllBytes(folder.Path($"a/{file.Name}"));
            Assert.Equal((content.Length, Convert.ToHexStringLower(SHA256.HashData(content))), (file.Bytes, file.Sha256));
        }
    }

    [Fact]
    public async Task Progress_is_told_at_most_once_a_second()
    {
        const int rows = 10_000, seconds = 10;
        using var folder = new ExportFolder();
        IEnumerable<object?[]> Rows()
        {
            for (var i = 0; i < rows; i++)
            {
                folder.Clock.Advance(TimeSpan.FromSeconds(seconds) / rows);
                yield return [i];
            }
        }

        var told = new List<long>();
        await folder.ExportAsync(new SourceRows([new("x", typeof(int))], Rows()), "a.csv", onProgress: told.Add);
        Assert.InRange(told.Count, 1, seconds);
        Assert.Equal(told.Order().Distinct(), told);
        Assert.All(told, count => Assert.InRange(count, 1, rows));
    }

    [Fact]
    public async Task Rows_of_a_slow_query_do_not_wait_for_each_other()
    {
        using var folder = new ExportFolder();
        var isTold = new TaskCompletionSource();
        var source = new SlowRows(() =>
        {
            folder.Clock.Advance(TimeSpan.FromSeconds(2));
            return isTold.Task.WaitAsync(TimeSpan.FromSeconds(30));
        });

        await folder.ExportAsync(source, "a.csv", onProgress: _ => isTold.TrySetResult());
        Assert.True(isTold.Task.IsCompleted);
    }

    /// <summary>One row, and then nothing for a while.</summary>
    private sealed class SlowRows(Func<Task> end) : SourceRows([new("x", typeof(int))], [[1]])
    {
        public override async Task<bool> ReadAsync(CancellationToken cancellationToken)
        {
            if (Read()) return true;

            await end();
            return false;
        }
    }

    private static SourceRows Broken(int after)
    {
        IEnumerable<object?[]> Rows()
        {
            for (var i = 0; i < after; i++) yield return [$"row {i}"];
            throw new IOException("The connection is gone");
        }

        return new([new("x", typeof(string))], Rows());
    }
}
