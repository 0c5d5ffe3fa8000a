using CsCheck;
using Scheduler.Plugins.ProcessJobs;

namespace Scheduler.Plugins.Tests.ProcessJobs;

public sealed class CommandTokenizerTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("   ", "")]
    [InlineData("echo a b", "echo¦a¦b")]
    [InlineData("  echo   a  ", "echo¦a")]
    [InlineData("bash -c \"echo a && echo b\"", "bash¦-c¦echo a && echo b")]
    [InlineData("bash -c 'echo \"a b\"'", "bash¦-c¦echo \"a b\"")]
    [InlineData("bash -c \"echo 'a b'\"", "bash¦-c¦echo 'a b'")]
    [InlineData("a\"b c\"d'e f'", "ab cde f")]
    [InlineData("echo \"\" '' x", "echo¦x")]
    [InlineData("echo \"open end", "echo¦open end")]
    [InlineData("echo a\tb\nc", "echo¦a\tb\nc")]
    [InlineData("echo \\\"a b\\\"", "echo¦\\a b\\")]
    [InlineData("echo \\ x", "echo¦\\¦x")]
    [InlineData("ls *.txt | wc > $HOME; `x`", "ls¦*.txt¦|¦wc¦>¦$HOME;¦`x`")]
    [InlineData("a\u00A0b\u3000c", "a\u00A0b\u3000c")]
    [InlineData("echo 中文 '空 格'", "echo¦中文¦空 格")]
    public void Only_spaces_separate_and_only_quotes_join(string command, string words) =>
        Assert.Equal(words, string.Join('¦', CommandTokenizer.Split(command)));

    [Fact]
    public void Words_without_quotes_and_spaces_survive_joining() =>
        Gen.String[Gen.Char['!', '~'].Where(character => character is not ('"' or '\'')), 1, 10].List[0, 10]
            .Sample(words => CommandTokenizer.Split(string.Join("  ", words)).SequenceEqual(words));

    [Fact]
    public void Quoted_words_keep_everything_but_their_quote() =>
        Gen.String.Where(text => text.Length > 0 && !text.Contains('"')).List[0, 6]
            .Sample(words => CommandTokenizer.Split(string.Join(' ', words.Select(word => $"\"{word}\""))).SequenceEqual(words));
}
