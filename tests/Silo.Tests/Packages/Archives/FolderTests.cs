using Scheduler.Silo.Packages;

namespace Scheduler.Silo.Tests.Packages.Archives;

public class FolderTests
{
    [Fact]
    public async Task A_folder_reads_as_the_archive_it_would_make()
    {
        using var bench = new PackageBench();
        var folder = bench.NewFolder();
        Directory.CreateDirectory(Path.Combine(folder, "sub"));
        File.WriteAllText(Path.Combine(folder, "a.job"), "type=noop");
        File.WriteAllText(Path.Combine(folder, "sub", "b.job"), "type=noop\ndependencies=a");

        using var fromFolder = await bench.Reader().ReadFolderAsync(folder, CancellationToken.None);
        using var fromZip = await bench.ReadAsync(("a.job", "type=noop"), ("sub/b.job", "type=noop\ndependencies=a"));

        var (a, b) = (Assert.IsType<PackageReadResult.Accepted>(fromFolder), Assert.IsType<PackageReadResult.Accepted>(fromZip));
        Assert.Equal(b.Files, a.Files);
        Assert.Equal(["b"], a.Definition.Workflows.Select(workflow => workflow.Id));
        Assert.Null(a.Sha256);
    }

    [Fact]
    public async Task What_is_hidden_is_no_part_of_the_package()
    {
        using var bench = new PackageBench();
        var folder = bench.NewFolder();
        Directory.CreateDirectory(Path.Combine(folder, ".git"));
        File.WriteAllText(Path.Combine(folder, ".git", "b.job"), "type=noop");
        File.WriteAllText(Path.Combine(folder, ".editorconfig"), "");
        File.WriteAllText(Path.Combine(folder, "a.job"), "type=noop");

        using var result = await bench.Reader().ReadFolderAsync(folder, CancellationToken.None);

        Assert.Equal(["a.job"], Assert.IsType<PackageReadResult.Accepted>(result).Files.Select(file => file.Path));
    }

    [Fact]
    public async Task A_folder_is_never_removed()
    {
        using var bench = new PackageBench();
        var folder = bench.NewFolder();
        File.WriteAllText(Path.Combine(folder, "a.job"), "");

        (await bench.Reader().ReadFolderAsync(folder, CancellationToken.None)).Dispose();

        Assert.True(File.Exists(Path.Combine(folder, "a.job")));
    }

    [Fact]
    public async Task Links_are_refused_and_not_followed()
    {
        using var bench = new PackageBench();
        var folder = bench.NewFolder();
        File.WriteAllText(Path.Combine(folder, "a.job"), "type=noop");
        Directory.CreateSymbolicLink(Path.Combine(folder, "loop"), folder);

        var result = await bench.Reader().ReadFolderAsync(folder, CancellationToken.None);

        Assert.Equal("archive.entry-kind", Assert.IsType<PackageReadResult.Unreadable>(result).Finding.Code);
    }

    [Fact]
    public async Task Names_and_limits_are_those_of_archives()
    {
        using var bench = new PackageBench();
        var folder = bench.NewFolder();
        File.WriteAllText(Path.Combine(folder, "a.job"), "type=noop");
        File.WriteAllText(Path.Combine(folder, "A.job"), "type=noop");

        var collision = await bench.Reader().ReadFolderAsync(folder, CancellationToken.None);
        bench.Archive.MaxFileBytes = 5;
        File.Delete(Path.Combine(folder, "A.job"));
        var size = await bench.Reader().ReadFolderAsync(folder, CancellationToken.None);

        Assert.Equal("archive.collision", Assert.IsType<PackageReadResult.Unreadable>(collision).Finding.Code);
        Assert.Equal("archive.file-too-large", Assert.IsType<PackageReadResult.Unreadable>(size).Finding.Code);
    }
}
