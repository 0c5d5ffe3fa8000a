using Scheduler.Contracts.Plugins;
using Scheduler.Contracts.Projects;
using Scheduler.Silo.Nodes;
using Scheduler.Silo.Nodes.Credentials;
using Scheduler.Silo.Tests.Secrets;
using Scheduler.Silo.Tests.Storage;

namespace Scheduler.Silo.Tests.Nodes.Credentials;

public sealed class SqliteCredentialTests(SqliteStorage storage) : CredentialTests(storage), IClassFixture<SqliteStorage>;

public sealed class PostgreSqlCredentialTests(PostgreSqlStorage storage) : CredentialTests(storage), IClassFixture<PostgreSqlStorage>;

/// <summary>What an attempt gets, and what it is refused.</summary>
public abstract class CredentialTests(StorageFixture storage) : SecretSuite(storage)
{
    [Fact]
    public async Task An_attempt_that_names_nothing_pays_nothing()
    {
        var found = await FindAsync(await NewProjectAsync(), ("x", "echo ${secret:-none} ${secret}"));

        Assert.Same(AttemptCredentials.None, Assert.IsType<CredentialResult.Found>(found).Credentials);
        Assert.Null(AttemptCredentials.None.Mask);
    }

    [Fact]
    public async Task A_granted_secret_is_revealed_on_demand_and_hidden_everywhere_else()
    {
        var project = await NewProjectAsync();
        var name = await NewSecretAsync("correct ${secret:x} horse", project);

        var usable = Usable(await FindAsync(project, ("x", $"a ${{secret:{name}}} b")));

        Assert.Equal("<correct ${secret:x} horse>", usable.Reveal($"<${{secret:{name}}}>"));
        Assert.Equal("${secret:other}", usable.Reveal("${secret:other}"));
        Assert.Equal("<***>", usable.Hide("<correct ${secret:x} horse>"));
        var hidden = Assert.Single(usable.Hide(new Dictionary<string, string> { ["k"] = "v=correct ${secret:x} horse" }));
        Assert.Equal(("k", "v=***"), (hidden.Key, hidden.Value));
    }

    [Fact]
    public async Task A_data_source_comes_with_its_password_which_is_hidden()
    {
        var project = await NewProjectAsync();
        var name = await NewSourceAsync(project);

        var usable = Usable(await FindAsync(project, ("source", name)));

        Assert.Equal(("mysql", "db", "battery staple"), (usable.FindDataSource(name)!.Kind, usable.FindDataSource(name)!.Options["host"], usable.FindDataSource(name)!.Password));
        Assert.Null(usable.FindDataSource("other"));
        Assert.Equal("***", usable.Hide("battery%20staple"));
    }

    [Fact]
    public async Task Only_settings_that_name_data_sources_are_looked_at_and_their_default_counts()
    {
        var project = await NewProjectAsync();

        Assert.IsType<CredentialResult.Found>(await FindAsync(project, ("title", "nothing"), ("source", "")));
        var refused = Assert.IsType<CredentialResult.Refused>(await FindAsync(new WithDefault(), "fixed", project));
        Assert.Equal("datasource.unknown", refused.Code);
        Assert.Contains("'usual'", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_does_not_exist_or_is_not_granted_is_refused_all_at_once_with_what_helps()
    {
        var (project, other) = (await NewProjectAsync(), await NewProjectAsync());
        var (mine, theirs) = (await NewSecretAsync("correct horse", project), await NewSecretAsync("correct horse", other));
        var source = await NewSourceAsync(other);

        var refused = Assert.IsType<CredentialResult.Refused>(
            await FindAsync(project, ("a", $"${{secret:{mine}x}} ${{secret:{theirs}}} ${{secret:{mine}}}"), ("source", source)));

        Assert.Equal("secret.unknown", refused.Code);
        Assert.Equal(
            [
                $"There is no secret '{mine}x'. Did you mean '{mine}'?",
                $"The project {project.Name} may not use the secret '{theirs}'. An administrator can allow it: scheduler secret grant {theirs} {project.Name}",
                $"The project {project.Name} may not use the data source '{source}'. An administrator can allow it: scheduler datasource grant {source} {project.Name}",
            ],
            refused.Message.Split('\n'));
        Assert.Equal("secret.not-granted", Refusal(await FindAsync(project, ("a", $"${{secret:{theirs}}}"))));
        Assert.Equal("datasource.not-granted", Refusal(await FindAsync(project, ("source", source))));
        Assert.Equal("datasource.unknown", Refusal(await FindAsync(project, ("source", "nothing"))));
        Assert.Equal("secret.unknown", Refusal(await FindAsync(project, ("a", "${secret:Not_A_Name}"))));
    }

    private ValueTask<CredentialResult> FindAsync(Project project, params (string Key, string Value)[] properties) =>
        FindAsync(new Querying(), "query", project, properties);

    private ValueTask<CredentialResult> FindAsync(
        INodePlugin plugin, string nodeType, Project project, params (string Key, string Value)[] properties) =>
        Server.Lookup.FindAsync(
            NodeType.Of(plugin).Single(type => type.Description.Id == nodeType), project, properties.ToDictionary(property => property.Key, property => property.Value), default);

    private static AttemptCredentials Usable(CredentialResult result) => Assert.IsType<CredentialResult.Found>(result).Credentials;

    private static string Refusal(CredentialResult result) => Assert.IsType<CredentialResult.Refused>(result).Code;

    private async Task<string> NewSecretAsync(string value, Project project)
    {
        var name = NewName();
        AssertDone(await Server.Secrets.SetAsync(name, value, "root", default));
        AssertDone(await Server.Secrets.GrantAsync(name, project.Name, "root", default));
        return name;
    }

    private async Task<string> NewSourceAsync(Project project)
    {
        var name = NewName();
        var options = new Dictionary<string, string> { ["host"] = "db", ["user"] = "etl" };
        AssertDone(await Server.Sources.CreateAsync(name, "mysql", options, "battery staple", "root", default));
        AssertDone(await Server.Sources.GrantAsync(name, project.Name, "root", default));
        return name;
    }

    private abstract class Plugin : INodePlugin
    {
        public Task<NodeResult> RunAsync(NodeContext context, CancellationToken cancellationToken) =>
            Task.FromResult<NodeResult>(NodeResult.Succeeded.WithoutOutputs);
    }

    [NodeType("query", Settings = typeof(QuerySettings))]
    [NodeType("plain")]
    private sealed class Querying : Plugin;

    [NodeType("fixed", Settings = typeof(DefaultSettings))]
    private sealed class WithDefault : Plugin;

    internal sealed class QuerySettings
    {
        [Setting("Title", "标题")]
        public string? Title { get; init; }

        [Setting("Source", "数据源", Widget = Widgets.DataSource)]
        public string? Source { get; init; }
    }

    internal sealed class DefaultSettings
    {
        [Setting("Source", "数据源", Widget = Widgets.DataSource)]
        public string Source { get; init; } = "usual";
    }
}
