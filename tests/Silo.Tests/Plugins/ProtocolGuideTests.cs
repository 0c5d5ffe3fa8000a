using Scheduler.Contracts.Nodes;
using Scheduler.Contracts.Plugins;

namespace Scheduler.Silo.Tests.Plugins;

/// <summary>The messages of the guide are those that are really exchanged, letter by letter, with a plugin that is a shell script.</summary>
public sealed class ProtocolGuideTests : IDisposable
{
    private const string Replay =
        """
        # Plays one side of a conversation: lines with < are expected, those with > are said.
        file=describe
        while IFS= read -r line <&3; do
          case $line in
            "< "*) IFS= read -r said || exit 8
              [ "$file" = describe ] && case $said in *'"method":"run"'*) file=run; exec 4<run; while IFS= read -r line <&4; do [ "$line" = "< $said" ] && break; done; exec 3<&4 ;; esac
              [ "$line" = "< $said" ] || { printf 'expected: %s\nbut was:  < %s\n' "$line" "$said" >&2; exit 9; } ;;
            "> "*) printf '%s\n' "${line#> }" ;;
          esac
        done 3<describe
        cat >/dev/null
        """;

    private readonly PluginBench bench = new();
    private readonly string guide = File.ReadAllText(Path.Combine(Root(), "docs/guides/plugin-protocol.md"));

    [Fact]
    public async Task A_plugin_that_says_what_the_guide_says_works()
    {
        var folder = bench.Write("greeter", Block("manifest").Replace("[\"python3\", \"plugin.py\"]", "[\"bash\", \"replay.sh\"]", StringComparison.Ordinal));
        var (initialize, describe, run, requests) = (Lines("initialize"), Lines("describe"), Lines("run"), Lines("requests"));
        File.WriteAllText(Path.Combine(folder, "replay.sh"), Replay + "\n");
        File.WriteAllLines(Path.Combine(folder, "describe"), [$"< {initialize[0]}", $"> {initialize[1]}", $"< {describe[0]}", $"> {describe[1]}"]);
        File.WriteAllLines(Path.Combine(folder, "run"),
        [
            $"< {run[0]}",
            .. Lines("notifications").Select(line => $"> {line}"),
            .. requests.Select((line, i) => i % 2 == 0 ? $"> {line}" : $"< {line}"),
            $"> {run[1]}",
        ]);

        var fault = Assert.Single(await bench.LoadAsync()).Fault;
        Assert.True(fault is null, fault);
        var greet = bench.Types.Find("greeter.greet")!;
        Assert.Equal(("Greet", "问候"), (greet.Description.Title, greet.Description.TitleZh));
        Assert.IsType<IReattachingPlugin>(greet.Plugin, exactMatch: false);

        var context = new FakeContext("greeter.greet", ("name", "Ann"), ("source", "warehouse")) { Id = new AttemptId(17, 2, 3), Name = "greet" };
        var result = await bench.RunAsync(context);

        Assert.True(result is NodeResult.Succeeded, $"{result}\n{context.Text}");
        Assert.Equal("Ann", ((NodeResult.Succeeded)result).Outputs["greeted"]);
        Assert.Equal("Info Hello Ann\nraw\n", context.Text);
        Assert.Equal(["job-4711"], context.Handles);
        Assert.Equal([new NodeProgress(1, 100, "done")], context.Progress);
    }

    [Theory]
    [InlineData("echo hello; sleep 1000", "it has written on standard output what is no message of the protocol: hello")]
    [InlineData("tr '\\0' x </dev/zero", "it has written more than 65536 bytes on standard output without a line feed")]
    [InlineData("exec >&-; sleep 1000", "closed its standard output before it gave a result")]
    [InlineData("exit 3", "ended with exit code 3 before it gave a result")]
    public async Task A_program_that_does_not_speak_it_is_ended(string script, string fault)
    {
        bench.Options.MaxMessage = 64 * 1024;
        var folder = bench.Write("bad", """{ "name": "bad", "version": "1", "isolation": "process", "command": ["bash", "bad.sh"] }""");
        File.WriteAllText(Path.Combine(folder, "bad.sh"), script + "\n");

        Assert.Contains(fault, await bench.FaultAsync(), StringComparison.Ordinal);
    }

    public void Dispose() => bench.Dispose();

    private string[] Lines(string name) => Block(name).Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private string Block(string name) => guide.Split($"<!-- test: {name} -->\n```json\n")[1].Split("```")[0];

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "Scheduler.sln"))) folder = folder.Parent;
        return folder.FullName;
    }
}
