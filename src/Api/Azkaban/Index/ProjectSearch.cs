using System.Text.RegularExpressions;

namespace Scheduler.Api.Azkaban.Index;

/// <summary>Finds projects by a part of their name, given as a regular expression.</summary>
internal static class ProjectSearch
{
    private const int MaxLength = 256;

    /// <summary>A text that is no expression, or one that could take more than linear time, is searched for as it stands.</summary>
    public static Regex For(string term)
    {
        var options = RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant;
        var shortened = term.Length > MaxLength ? term[..MaxLength] : term;
        try
        {
            return new(shortened, options);
        }
        catch (Exception exception) when (exception is ArgumentException or NotSupportedException)
        {
            return new(Regex.Escape(shortened), options);
        }
    }
}
