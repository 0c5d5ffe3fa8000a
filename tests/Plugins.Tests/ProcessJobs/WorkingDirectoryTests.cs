using Scheduler.Plugins.ProcessJobs;
using Scheduler.Plugins.Tests.Support;

namespace Scheduler.Plugins.Tests.ProcessJobs;

public sealed class WorkingDirectoryTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _home;

    public WorkingDirectoryTests()
    {
        _home = _folder.MakeFolder("exec/7");
        _folder.MakeFolder("exec/7/sub/deep");
        _folder.MakeFolder("exec/7-evil");
        _folder.Write("exec/7/file", "");
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(null, "")]
    [InlineData("", "")]
    [InlineData(".", "")]
    [InlineData("sub", "/sub")]
    [InlineData("sub/", "/sub")]
    [InlineData("./sub/../sub/deep", "/sub/deep")]
    [InlineData("$HOME", "")]
    [InlineData("$HOME/sub", "/sub")]
    public void Inside_the_default_directory_is_allowed(string? given, string directory)
    {
        Assert.Null(WorkingDirectory.Resolve(given?.Replace("$HOME", _home, StringComparison.Ordinal), _home, out var resolved));

        Assert.Equal(_home + directory, resolved);
    }

    [Theory]
    [InlineData("..")]
    [InlineData("../7-evil")]
    [InlineData("$HOME-evil")]
    [InlineData("sub/../../7-evil")]
    [InlineData("/etc")]
    [InlineData("/")]
    [InlineData("/no/such")]
    [InlineData("../no-such")]
    public void Outside_fails_with_azkabans_words(string given)
    {
        given = given.Replace("$HOME", _home, StringComparison.Ordinal);

        var failure = WorkingDirectory.Resolve(given, _home, out _);

        Assert.Equal("working-dir.outside", failure?.Code);
        Assert.Equal($"Specified working.dir is not valid: {given}. Must be a subdirectory of {_home}", failure?.Message);
        Assert.False(failure?.CanRetry);
    }

    [Fact]
    public void A_link_that_leads_out_is_outside()
    {
        File.CreateSymbolicLink(Path.Combine(_home, "out"), "/etc");

        Assert.Equal("working-dir.outside", WorkingDirectory.Resolve("out", _home, out _)?.Code);
        Assert.Equal("working-dir.outside", WorkingDirectory.Resolve("out/../usr", _home, out _)?.Code);
    }

    [Fact]
    public void A_link_that_stays_inside_is_inside()
    {
        File.CreateSymbolicLink(Path.Combine(_home, "in"), "sub/deep");

        Assert.Null(WorkingDirectory.Resolve("in", _home, out var directory));
        Assert.Equal($"{_home}/sub/deep", directory);
    }

    [Fact]
    public void A_default_directory_behind_a_link_is_still_its_own_inside()
    {
        var link = Path.Combine(_folder.Path, "link");
        File.CreateSymbolicLink(link, _home);

        Assert.Null(WorkingDirectory.Resolve("sub", link, out var directory));
        Assert.Equal($"{_home}/sub", directory);
    }

    [Theory]
    [InlineData("no-such")]
    [InlineData("file")]
    public void What_is_no_directory_is_said_to_be_missing(string given) =>
        Assert.Equal("working-dir.missing", WorkingDirectory.Resolve(given, _home, out _)?.Code);
}
