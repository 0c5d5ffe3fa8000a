using System.Text;

namespace Scheduler.Plugins.ProcessJobs;

/// <summary>Azkaban's rule for cutting a command line into words. It is not a shell.</summary>
/// <remarks>
/// Only the space separates. Single and double quotes switch quoting on and off anywhere in a word and are removed; the other kind
/// is an ordinary character inside. There is no escape character, an empty word vanishes even when quoted, and a quote
/// that is never closed reaches to the end.
/// </remarks>
internal static class CommandTokenizer
{
    private const char None = '\0';

    public static IReadOnlyList<string> Split(string command)
    {
        List<string> words = [];
        var word = new StringBuilder();
        var quote = None;
        foreach (var character in command)
        {
            if (character == quote) quote = None;
            else if (quote != None) word.Append(character);
            else if (character is '\'' or '"') quote = character;
            else if (character != ' ') word.Append(character);
            else EndWord();
        }

        EndWord();
        return words;

        void EndWord()
        {
            if (word.Length > 0) words.Add(word.ToString());
            word.Clear();
        }
    }
}
