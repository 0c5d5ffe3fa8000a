using CsCheck;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Scheduler.Silo.Users;

namespace Scheduler.Silo.Tests.Users;

public sealed class LoginThrottleTests
{
    private readonly FakeTimeProvider clock = new();
    private readonly ThrottleOptions options = new() { FreePerAccount = 3, FreePerAddress = 10, ForgivenEvery = TimeSpan.FromHours(1) };
    private readonly LoginThrottle throttle;

    public LoginThrottleTests() => throttle = new(Options.Create(new UserOptions { Throttle = options }), clock);

    [Fact]
    public void The_first_failures_of_an_account_cost_nothing()
    {
        Fail(3, "ann", "10.0.0.1");

        Assert.Null(throttle.RetryAfter("ann", "10.0.0.1"));
    }

    [Fact]
    public void Each_further_failure_doubles_the_wait_up_to_the_longest()
    {
        Fail(3, "ann", "10.0.0.1");

        foreach (var seconds in new[] { 1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300 })
        {
            throttle.Failed("ann", $"10.1.{seconds}.1");
            Assert.Equal(TimeSpan.FromSeconds(seconds), throttle.RetryAfter("ann", "10.9.9.9"));
        }
    }

    [Fact]
    public void A_wait_ends()
    {
        Fail(4, "ann", "10.0.0.1");
        clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Null(throttle.RetryAfter("ann", "10.0.0.1"));
    }

    [Fact]
    public void One_address_that_guesses_at_many_accounts_waits_everywhere()
    {
        foreach (var account in Enumerable.Range(0, 11)) throttle.Failed($"user{account}", "10.0.0.1");

        Assert.Equal(TimeSpan.FromSeconds(1), throttle.RetryAfter("somebody-else", "10.0.0.1"));
        Assert.Null(throttle.RetryAfter("somebody-else", "10.0.0.2"));
    }

    [Fact]
    public void Addresses_of_one_IPv6_network_are_one_address()
    {
        foreach (var host in Enumerable.Range(1, 11)) throttle.Failed($"user{host}", $"2001:db8:0:7::{host:x}");

        Assert.NotNull(throttle.RetryAfter("somebody-else", "2001:db8:0:7:ffff::1"));
        Assert.Null(throttle.RetryAfter("somebody-else", "2001:db8:0:8::1"));
    }

    [Fact]
    public void An_IPv4_address_is_the_same_in_both_notations()
    {
        Fail(11, "ann", "::ffff:10.0.0.1");

        Assert.NotNull(throttle.RetryAfter("somebody-else", "10.0.0.1"));
        Assert.Null(throttle.RetryAfter("somebody-else", "::ffff:10.0.0.2"));
    }

    [Fact]
    public void A_success_clears_the_account_but_not_the_address()
    {
        Fail(11, "ann", "10.0.0.1");
        throttle.Succeeded("ann");

        Assert.Null(throttle.RetryAfter("ann", "10.0.0.2"));
        Assert.NotNull(throttle.RetryAfter("ann", "10.0.0.1"));
    }

    [Fact]
    public void Quiet_time_forgives_one_failure_after_the_other()
    {
        Fail(6, "ann", "10.0.0.1");
        clock.Advance(TimeSpan.FromHours(2));
        Fail(1, "ann", "10.0.0.1");

        Assert.Equal(TimeSpan.FromSeconds(2), throttle.RetryAfter("ann", "10.0.0.1"));
    }

    [Fact]
    public void A_wait_never_passes_the_longest_however_many_failures_there_are()
    {
        Gen.Int[1, 5_000].Sample(failures =>
        {
            var ledger = new FailureLedger(3, options);
            for (var i = 0; i < failures; i++) ledger.Fail("ann", clock.GetUtcNow());

            var wait = ledger.WaitOf("ann", clock.GetUtcNow());
            return wait <= options.LongestDelay && (wait > TimeSpan.Zero) == failures > 3;
        }, iter: 50);
    }

    [Fact]
    public void A_flood_of_names_takes_no_more_than_the_bound_and_the_oldest_go_first()
    {
        options.Remembered = 100;
        var ledger = new FailureLedger(1, options);
        foreach (var name in Enumerable.Range(0, 150))
        {
            ledger.Fail($"user{name}", clock.GetUtcNow());
            ledger.Fail("ann", clock.GetUtcNow());
        }

        Assert.Equal(100, ledger.Count);
        Assert.True(ledger.WaitOf("ann", clock.GetUtcNow()) > TimeSpan.Zero);
    }

    private void Fail(int times, string account, string address)
    {
        for (var i = 0; i < times; i++) throttle.Failed(account, address);
    }
}
