namespace Scheduler.Contracts.Plugins;

/// <summary>
/// Says how people see one setting. What is allowed is said by its type, <see langword="required"/>, its initial value, and the attributes of
/// <c>System.ComponentModel.DataAnnotations</c> such as <c>Range</c>, <c>RegularExpression</c> and <c>StringLength</c>.
/// </summary>
/// <param name="title">English name.</param>
/// <param name="titleZh">Chinese name.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SettingAttribute(string title, string titleZh) : Attribute
{
    public string Title { get; } = title;

    public string TitleZh { get; } = titleZh;

    /// <summary>English sentence.</summary>
    public string? Description { get; init; }

    /// <summary>The same in Chinese.</summary>
    public string? DescriptionZh { get; init; }

    /// <summary>The property of the job that holds it; by default its name in small letters with dots: <c>BatchSize</c> is <c>batch.size</c>.</summary>
    public string? Key { get; init; }

    /// <summary>How it is edited: one of <see cref="Widgets"/>. By default what suits its type.</summary>
    public string? Widget { get; init; }
}

/// <summary>Hints for the form in which a setting is edited.</summary>
public static class Widgets
{
    /// <summary>Several lines of text.</summary>
    public const string Text = "text";

    /// <summary>A shell script.</summary>
    public const string Shell = "shell";

    /// <summary>An SQL script.</summary>
    public const string Sql = "sql";

    /// <summary>The path of a file in the package.</summary>
    public const string PackageFile = "package-file";

    /// <summary>The name of a data source; the engine opens it for the attempt, see <see cref="NodeContext.FindDataSource"/>.</summary>
    public const string DataSource = "datasource";

    /// <summary>A text with a reference to a secret, never the secret itself.</summary>
    public const string Secret = "secret";
}
