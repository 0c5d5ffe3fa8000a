using System.Xml.Linq;

namespace Scheduler.Examples.Tests;

/// <summary>What <c>dotnet new scheduler-plugin</c> begins with.</summary>
public sealed class TemplateTests
{
    private static readonly string s_template = Path.Combine(Repository.Root, "templates", "scheduler-plugin");

    [Fact]
    public void Its_packages_have_the_versions_of_this_repository()
    {
        var own = Load("Directory.Build.props").Descendants("Version").Single().Value;
        var others = Load("Directory.Packages.props").Descendants("PackageVersion").ToDictionary(Id, Version);

        var references = Directory.EnumerateFiles(s_template, "*.csproj", SearchOption.AllDirectories)
            .SelectMany(project => XDocument.Load(project).Descendants("PackageReference")).ToList();

        Assert.NotEmpty(references);
        Assert.All(references, reference =>
            Assert.Equal(Id(reference).StartsWith("Scheduler.", StringComparison.Ordinal) ? own : others[Id(reference)], Version(reference)));
        Assert.Contains($"\"contracts\": \"{own}\"", File.ReadAllText(Path.Combine(s_template, "src", "Weather", "plugin.json")), StringComparison.Ordinal);
    }

    private static XDocument Load(string name) => XDocument.Load(Path.Combine(Repository.Root, name));

    private static string Id(XElement package) => package.Attribute("Include")!.Value;

    private static string Version(XElement package) => package.Attribute("Version")!.Value;
}
