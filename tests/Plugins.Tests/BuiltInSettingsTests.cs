using System.Reflection;
using System.Text.Json.Nodes;
using Scheduler.Contracts.Plugins;
using Scheduler.Contracts.Plugins.Settings;
using Scheduler.Plugins.Export;
using Scheduler.Plugins.Http;
using Scheduler.Plugins.Processes;

namespace Scheduler.Plugins.Tests;

public class BuiltInSettingsTests
{
    public static TheoryData<Type> Settings => [.. BuiltInPlugins.Create(new ProcessOptions(), new ExportOptions { Folder = "/tmp" }, new HttpOptions())
        .SelectMany(plugin => plugin.GetType().GetCustomAttributes<NodeTypeAttribute>()).Select(type => type.Settings).OfType<Type>()];

    [Theory, MemberData(nameof(Settings))]
    public void Every_setting_has_a_name_in_both_languages(Type settings)
    {
        var properties = SettingsSchema.Of(settings)["properties"]!.AsObject();

        Assert.NotEmpty(properties);
        Assert.All(properties, setting =>
        {
            Assert.NotNull(setting.Value!["title"]);
            Assert.NotNull(setting.Value![SettingsSchema.ChineseKeyword]!["title"]);
        });
    }

    [Fact]
    public void The_settings_of_an_export_say_what_may_be_chosen()
    {
        var properties = SettingsSchema.Of(typeof(ExportSettings))["properties"]!.AsObject();

        Assert.Equal(["append", "overwrite", "replace-partition", "upsert"], properties["mode"]!["enum"]!.AsArray().Select(value => (string?)value));
        Assert.Equal("csv", (string?)properties["format"]!["default"]);
        Assert.Equal(Widgets.DataSource, (string?)properties["to.datasource"]![SettingsSchema.WidgetKeyword]);
        Assert.IsType<JsonObject>(properties["column"]!["additionalProperties"]);
    }
}
