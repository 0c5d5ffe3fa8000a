using Scheduler.Contracts.Plugins.Settings;
using Scheduler.Silo.Nodes.Settings;

namespace Scheduler.Silo.Tests.Nodes.Settings;

public sealed class SettingsCheckTests
{
    private static readonly SettingsCheck Load = new(SettingsSchema.Of(typeof(LoadSettings)));

    [Theory]
    [InlineData("batch.size", "250")]
    [InlineData("batch.size", " 250 ")]
    [InlineData("batch.size", "")]
    [InlineData("batch.size", "${size}")]
    [InlineData("batch.size", "$(new(\"1\"))")]
    [InlineData("batch.size", "${secret:size}")]
    [InlineData("mode", "overwrite")]
    [InlineData("transaction", "TRUE")]
    [InlineData("patience", "30m")]
    [InlineData("columns", "a, b")]
    [InlineData("header.accept", "${accept}")]
    [InlineData("retries", "3")]
    [InlineData("anything.else", "at all")]
    public void What_is_allowed_or_not_known_yet_is_no_fault(string key, string value) => Assert.Empty(FaultsOf(("table", "a.b"), (key, value)));

    [Theory]
    [InlineData("batch.size", "many", "settings.type", "batch.size: 'many' is not a whole number from 1 to 10000")]
    [InlineData("batch.size", "0", "settings.range", "batch.size: '0' is not a whole number from 1 to 10000")]
    [InlineData("batch.size", "1.5", "settings.type", "batch.size: '1.5' is not a whole number from 1 to 10000")]
    [InlineData("mode", "apend", "settings.enum", "mode: 'apend' is not one of append, overwrite")]
    [InlineData("transaction", "yes", "settings.type", "transaction: 'yes' is not true or false")]
    [InlineData("patience", "soon", "settings.form", "patience: 'soon' is not a length of time such as 90s, 30m, 2h or 1d")]
    [InlineData("table", "A", "settings.form", "table: 'A' is not of the form ^(?:[a-z.]+)$")]
    public void What_is_not_allowed_is_named_with_what_is(string key, string value, string code, string message)
    {
        var fault = Assert.Single(FaultsOf(("table", "a.b"), (key, value)));

        Assert.Equal(new SettingFault(code, key, message), fault);
    }

    [Fact]
    public void All_faults_are_found_at_once() =>
        Assert.Equal(
            ["table is required", "batch.size: '0' is not a whole number from 1 to 10000", "mode: 'x' is not one of append, overwrite"],
            FaultsOf(("batch.size", "0"), ("mode", "x")).Select(fault => fault.Message));

    [Fact]
    public void A_required_setting_that_is_a_reference_is_there() => Assert.Empty(FaultsOf(("table", "${table}")));

    [Theory]
    [InlineData("batchsize", "batch.size")]
    [InlineData("Mode", "mode")]
    [InlineData("colums", "columns")]
    [InlineData("mode", null)]
    [InlineData("mode.1", null)]
    [InlineData("header.accept", null)]
    [InlineData("retries", null)]
    public void A_slip_of_the_finger_is_recognised(string key, string? meant) => Assert.Equal(meant, Load.FindMeant(key));

    [Fact]
    public void A_rule_about_several_settings_is_judged_only_when_all_are_known()
    {
        var check = new SettingsCheck(System.Text.Json.Nodes.JsonNode.Parse(
            """{"type":"object","properties":{"a":{"type":"string"},"b":{"type":"string"}},"oneOf":[{"required":["a"]},{"required":["b"]}]}""")!.AsObject());

        var both = Assert.Single(check.FindFaults(new Dictionary<string, string> { ["a"] = "1", ["b"] = "2" }));
        Assert.Equal(("settings.together", true), (both.Code, both.IsIncomplete));
        Assert.Empty(check.FindFaults(new Dictionary<string, string> { ["a"] = "1" }));
        Assert.Empty(check.FindFaults(new Dictionary<string, string> { ["a"] = "1", ["b"] = "${x}" }));
    }

    [Fact]
    public void What_is_no_schema_is_refused() =>
        Assert.ThrowsAny<Exception>(() => new SettingsCheck(new() { ["properties"] = new System.Text.Json.Nodes.JsonObject { ["a"] = 7 } }));

    private static IReadOnlyList<SettingFault> FaultsOf(params (string Key, string Value)[] properties) =>
        Load.FindFaults(properties.GroupBy(property => property.Key).ToDictionary(group => group.Key, group => group.Last().Value));
}
