using System.Text;
using Scheduler.Silo.Cli.Rendering;

namespace Scheduler.Silo.Tests.Cli;

public class LogTailTests
{
    [Fact]
    public void The_last_lines_are_kept_in_their_order() => Assert.Equal(["c", "d"], Tail("a\nb\nc\nd\n", count: 2));

    [Fact]
    public void A_line_that_began_before_the_bytes_is_left_out() => Assert.Equal(["whole"], Tail("half of one\nwhole\n", isWhole: false));

    [Fact]
    public void A_single_line_longer_than_the_bytes_is_better_than_nothing() => Assert.Equal(["half"], Tail("half", isWhole: false));

    [Fact]
    public void An_empty_log_has_no_lines() => Assert.Empty(Tail(""));

    [Fact]
    public void What_would_steer_the_terminal_is_taken_out() => Assert.Equal(["[31mred[0m bell"], Tail("\u001b[31mred\u001b[0m\a bell\r\n"));

    [Fact]
    public void Of_a_line_written_over_itself_the_last_state_is_shown() => Assert.Equal(["100 %"], Tail(" 10 %\r 50 %\r100 %\n"));

    [Fact]
    public void A_tab_becomes_blanks_up_to_its_stop() => Assert.Equal(["ab  c"], Tail("ab\tc"));

    [Fact]
    public void Bytes_that_are_no_text_are_marked() => Assert.Equal(["a\uFFFDb"], LogTail.LastLines([0x61, 0xff, 0x62], true, 20));

    private static IReadOnlyList<string> Tail(string log, bool isWhole = true, int count = 20) =>
        LogTail.LastLines(Encoding.UTF8.GetBytes(log), isWhole, count);
}
