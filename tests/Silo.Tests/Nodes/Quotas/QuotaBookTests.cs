using CsCheck;
using Scheduler.Contracts.Nodes;
using Scheduler.Silo.Nodes.Quotas;

namespace Scheduler.Silo.Tests.Nodes.Quotas;

public sealed class QuotaBookTests
{
    private static readonly string[] Keys = ["pool/a", "pool/b", "project/c"];

    [Fact]
    public void Whoever_goes_only_when_no_quota_is_full_never_exceeds_one() =>
        Gen.Select(Gen.Int[0, 4].Array[3], Gen.Select(Gen.Int[0, 9], Gen.Int[0, 7], Gen.Bool).List[0, 60]).Sample((limits, steps) =>
        {
            var book = QuotaBook.Of(new QuotaState(Keys, Keys.Zip(limits).ToDictionary(pair => pair.First, pair => pair.Second), []));
            var running = new Dictionary<int, string[]>();
            foreach (var (node, which, ends) in steps)
            {
                string[] quotas = [.. Keys.Where((_, position) => (which & (1 << position)) != 0)];
                if (ends)
                {
                    book.Free(IdOf(node));
                    running.Remove(node);
                }
                else if (!running.ContainsKey(node) && book.FindFull(IdOf(node), quotas) is null)
                {
                    book.Hold(IdOf(node), quotas);
                    running[node] = quotas;
                }
            }

            return Keys.Select((key, position) =>
                running.Values.Count(quotas => quotas.Contains(key)) is var count
                && count <= limits[position] && count == book.RunningIn(key) && book.RoomIn(key) == limits[position] - count).All(holds => holds);
        });

    [Fact]
    public void Who_counts_already_is_not_in_its_own_way()
    {
        var book = QuotaBook.Of(new QuotaState(["pool/a"], new Dictionary<string, int> { ["pool/a"] = 1 }, [new("pool/a", IdOf(1))]));

        Assert.Null(book.FindFull(IdOf(1), ["pool/a"]));
        Assert.Equal("pool/a", book.FindFull(IdOf(2), ["pool/b", "pool/a"]));
    }

    [Fact]
    public void A_quota_that_was_removed_limits_nothing()
    {
        var book = QuotaBook.Of(new QuotaState(["pool/a"], new Dictionary<string, int> { ["pool/a"] = 0 }, []));
        Assert.Equal("pool/a", book.FindFull(IdOf(1), ["pool/a"]));

        book.Replace(new QuotaState(["pool/a"], new Dictionary<string, int>(), []));
        Assert.Null(book.FindFull(IdOf(1), ["pool/a"]));
    }

    [Theory]
    [InlineData("pool/p", "pool/p")]
    [InlineData("project/Sales", "project/sales")]
    [InlineData("workflow/Sales/daily:Report", "workflow/sales/daily:Report")]
    [InlineData("workflow/sales/a/b", "workflow/sales/a/b")]
    [InlineData("pool/", null)]
    [InlineData("pool/a b", null)]
    [InlineData("project/9", null)]
    [InlineData("workflow/sales", null)]
    [InlineData("workflow/sales/", null)]
    [InlineData("p", null)]
    public void A_key_is_read_as_it_is_typed(string text, string? key) => Assert.Equal(key, QuotaKey.Parse(text));

    private static AttemptId IdOf(int node) => new(7, node, 1);
}
