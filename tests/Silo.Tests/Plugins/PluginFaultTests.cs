namespace Scheduler.Silo.Tests.Plugins;

public sealed class PluginFaultTests : IDisposable
{
    private readonly PluginBench bench = new();

    [Theory]
    [InlineData("{\n  \"name\": \"x\",\n  \"version\" \"1\"\n}", "plugin.json:3: ")]
    [InlineData("{ \"name\": \"x\", \"version\": \"1\", \"asembly\": \"x.dll\" }", "plugin.json:1: The JSON property 'asembly' could not be mapped")]
    [InlineData("{ \"version\": \"1\", \"assembly\": \"x.dll\" }", "plugin.json:1: JSON deserialization for type")]
    [InlineData("{ \"name\": \"X y\", \"version\": \"1\", \"assembly\": \"x.dll\", \"contracts\": \"0.1\" }", "plugin.json: name: 'X y' is no name; ")]
    [InlineData("{ \"name\": \"x\", \"version\": \"1\" }", "plugin.json: give either an assembly or a command")]
    [InlineData("{ \"name\": \"x\", \"version\": \"1\", \"assembly\": \"../x.dll\", \"contracts\": \"0.1\" }", "plugin.json: assembly: '../x.dll' must lie in the folder of the plugin itself")]
    [InlineData("{ \"name\": \"x\", \"version\": \"1\", \"command\": [\"python3\"] }", "plugin.json: isolation: a command runs in a process of its own; write process")]
    [InlineData("{ \"name\": \"x\", \"version\": \"1\", \"assembly\": \"x.dll\", \"contracts\": \"99.0\" }", "plugin.json: contracts: it was built for version 99.0 of the plugin interface; this server has 0.1.0")]
    [InlineData("{ \"name\": \"x\", \"version\": \"1\", \"assembly\": \"x.dll\", \"contracts\": \"0.1\" }", "There is no assembly x.dll in the folder")]
    [InlineData("{ \"name\": \"x\", \"version\": \"1\", \"assembly\": \"plugin.json\", \"contracts\": \"0.1\" }", "plugin.json is no assembly of .NET")]
    public async Task A_bad_manifest_is_told_with_its_place(string manifest, string fault)
    {
        bench.Write("x", manifest);

        Assert.StartsWith(fault, await bench.FaultAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_without_a_manifest_is_told()
    {
        Directory.CreateDirectory(Path.Combine(bench.Folder, "x"));

        Assert.StartsWith("plugin.json: Could not find file", await bench.FaultAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_plugin_that_lies_in_the_folder_for_all_of_them_is_told()
    {
        bench.Write("", """{ "name": "x", "version": "1.0", "assembly": "X.dll", "contracts": "0.1" }""");

        Assert.StartsWith("Each plugin needs a folder of its own", await bench.FaultAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_assembly_without_a_plugin_is_told()
    {
        bench.Install("x", "EmptyPlugin");

        Assert.Equal("Scheduler.EmptyPlugin.dll has no public class that implements INodePlugin and names a [NodeType]", await bench.FaultAsync());
    }

    [Fact]
    public async Task A_constructor_that_throws_is_told()
    {
        bench.Install("x", "ThrowingPlugin");

        Assert.Equal("The constructor of Scheduler.ThrowingPlugin.Throwing throws: the licence has run out", await bench.FaultAsync());
    }

    [Fact]
    public async Task The_same_in_a_process_of_its_own()
    {
        bench.Install("x", "ThrowingPlugin", isolation: "process");

        Assert.Equal("The constructor of Scheduler.ThrowingPlugin.Throwing throws: the licence has run out", await bench.FaultAsync());
    }

    [Fact]
    public async Task A_program_that_does_not_exist_is_told()
    {
        bench.Write("x", "{ \"name\": \"x\", \"version\": \"1\", \"command\": [\"no-such-program\"], \"isolation\": \"process\" }");

        Assert.Contains("there is no such program", await bench.FaultAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_node_type_that_two_plugins_claim_goes_to_the_first_and_the_other_names_both()
    {
        bench.Install("a-first");
        bench.Install("b-second");

        var plugins = await bench.LoadAsync();

        Assert.Null(plugins[0].Fault);
        Assert.StartsWith("Node type 'sample.", plugins[1].Fault, StringComparison.Ordinal);
        Assert.EndsWith("is claimed by the plugins a-first and b-second; remove one of them", plugins[1].Fault, StringComparison.Ordinal);
        Assert.Equal("a-first", bench.Types.Find("sample.greet")!.Description.Plugin);
    }

    [Fact]
    public async Task Two_plugins_of_one_name_are_told()
    {
        bench.Install("a");
        bench.Install("b", manifest: """{ "name": "a", "version": "1.0", "assembly": "Scheduler.SamplePlugins.dll", "contracts": "0.1" }""");

        Assert.Equal($"The plugin in {bench.Folder}/a has the name a too", (await bench.LoadAsync())[1].Fault);
    }

    [Fact]
    public async Task A_link_out_of_the_folder_is_not_followed()
    {
        var folder = bench.Install("x");
        File.CreateSymbolicLink(Path.Combine(folder, "passwd"), "/etc/passwd");

        Assert.Equal("passwd is a link out of the folder, and such links are not followed", await bench.FaultAsync());
    }

    [Fact]
    public async Task A_link_inside_the_folder_is_as_good_as_a_file()
    {
        var folder = bench.Install("x");
        File.CreateSymbolicLink(Path.Combine(folder, "libx.so"), "plugin.json");

        Assert.Equal("none", Assert.Single(await bench.LoadAsync()).Fault ?? "none");
    }

    [Fact]
    public async Task A_folder_that_is_itself_a_link_is_not_followed()
    {
        var elsewhere = Directory.CreateTempSubdirectory("plugin-elsewhere-");
        Directory.CreateSymbolicLink(Path.Combine(bench.Folder, "x"), elsewhere.FullName);

        Assert.Equal($"{bench.Folder}/x is a link, and links are not followed", await bench.FaultAsync());
        elsewhere.Delete();
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("x/Scheduler.SamplePlugins.dll")]
    public async Task What_every_user_may_write_is_refused(string path)
    {
        bench.Install("x");
        var writable = Path.Combine(bench.Folder, path).TrimEnd('/');
        File.SetUnixFileMode(writable, File.GetUnixFileMode(writable) | UnixFileMode.OtherWrite);

        Assert.Equal($"{writable} can be written by every user of this machine; take that right away (chmod o-w)", await bench.FaultAsync());
    }

    public void Dispose() => bench.Dispose();
}
