using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Nodes;
using Scheduler.Contracts.Plugins;
using Scheduler.Contracts.Plugins.Settings;

namespace Scheduler.Contracts.Tests.Plugins;

/// <summary>What a settings class says about itself, and how the texts of a job become one.</summary>
public sealed class SettingsTests
{
    private static readonly JsonObject s_schema = SettingsSchema.Of(typeof(Sample));

    [Fact]
    public void A_settings_class_is_an_object_with_what_it_requires() =>
        Assert.Equal(("object", """["script"]"""), ((string)s_schema["type"]!, s_schema["required"]!.ToJsonString()));

    [Theory]
    [InlineData("script", """{"type":"string","title":"Script","description":"What runs.","x-widget":"sql","x-zh":{"title":"脚本","description":"运行内容。"}}""")]
    [InlineData("batch.size", """{"type":"integer","title":"Rows per batch","x-zh":{"title":"批大小"},"minimum":1,"maximum":1000,"default":100}""")]
    [InlineData("mode", """{"enum":["append","replace-partition"],"type":"string","default":"append"}""")]
    [InlineData("time.limit", """{"type":"string","pattern":"^[0-9]{1,18}[smhd]?$"}""")]
    [InlineData("is.quiet", """{"type":"boolean","default":false}""")]
    [InlineData("columns", """{"type":"array","items":{"type":"string"}}""")]
    [InlineData("header", """{"type":"object","title":"Headers","x-zh":{"title":"头"},"additionalProperties":{"type":"string"}}""")]
    [InlineData("code", """{"type":"string","pattern":"^(?:[a-z]+)$"}""")]
    public void Each_property_says_what_may_be_written(string key, string expected) =>
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), s_schema["properties"]![key]), s_schema["properties"]![key]!.ToJsonString());

    [Fact]
    public void Texts_become_an_object()
    {
        var sample = SettingsReader.Read<Sample>(new Dictionary<string, string>
        {
            ["script"] = "SELECT 1",
            ["batch.size"] = " 7 ",
            ["mode"] = "replace-partition",
            ["time.limit"] = "5m",
            ["is.quiet"] = "True",
            ["columns"] = "a, b\nc",
            ["header.accept"] = "text/plain",
            ["user.to.proxy"] = "not a setting",
        });

        Assert.Equal(("SELECT 1", 7, SampleMode.ReplacePartition), (sample.Script, sample.BatchSize, sample.Mode));
        Assert.Equal((TimeSpan.FromMinutes(5), true), (sample.TimeLimit, sample.IsQuiet));
        Assert.Equal(["a", "b", "c"], sample.Columns!);
        Assert.Equal("text/plain", sample.Headers!["accept"]);
    }

    [Fact]
    public void What_is_not_written_keeps_its_initial_value()
    {
        var sample = SettingsReader.Read<Sample>(new Dictionary<string, string> { ["script"] = "", ["batch.size"] = " " });

        Assert.Equal(("", 100, SampleMode.Append, null, null), (sample.Script, sample.BatchSize, sample.Mode, sample.TimeLimit, sample.Headers));
    }

    [Theory]
    [InlineData("batch.size", "many")]
    [InlineData("mode", "0")]
    [InlineData("is.quiet", "maybe")]
    [InlineData("time.limit", "soon")]
    public void A_text_that_cannot_become_it_stays_a_text_and_is_not_read(string key, string text)
    {
        var properties = new Dictionary<string, string> { ["script"] = "", [key] = text };

        Assert.Equal(text, (string?)SettingsDocument.Of(s_schema, properties)[key]);
        Assert.Throws<JsonException>(() => SettingsReader.Read<Sample>(properties));
    }

    [Theory]
    [InlineData("batch.size", true)]
    [InlineData("header.accept", true)]
    [InlineData("header", true)]
    [InlineData("headers", false)]
    [InlineData("BatchSize", false)]
    public void A_schema_knows_its_settings_and_the_entries_of_its_maps(string key, bool isKnown) =>
        Assert.Equal(isKnown, SettingsDocument.Knows(s_schema, key));

    private enum SampleMode
    {
        Append,
        ReplacePartition,
    }

    private sealed class Sample
    {
        [Setting("Script", "脚本", Description = "What runs.", DescriptionZh = "运行内容。", Widget = Widgets.Sql)]
        public required string Script { get; init; }

        [Setting("Rows per batch", "批大小"), Range(1, 1000)]
        public int BatchSize { get; init; } = 100;

        public SampleMode Mode { get; init; }

        public TimeSpan? TimeLimit { get; init; }

        public bool IsQuiet { get; init; }

        public IReadOnlyList<string>? Columns { get; init; }

        [Setting("Headers", "头", Key = "header")]
        public IReadOnlyDictionary<string, string>? Headers { get; init; }

        [RegularExpression("[a-z]+")]
        public string? Code { get; init; }
    }
}
