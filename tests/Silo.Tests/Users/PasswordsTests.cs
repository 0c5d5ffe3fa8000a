using CsCheck;
using Microsoft.Extensions.Options;
using Scheduler.Silo.Users;

namespace Scheduler.Silo.Tests.Users;

public sealed class PasswordsTests
{
    private readonly Passwords passwords = WithIterations(1_000);

    [Fact]
    public void Only_the_password_itself_is_right()
    {
        Gen.Select(Gen.String[1, 40], Gen.String[1, 40]).Where((one, other) => one != other).Sample((one, other) =>
        {
            var hash = passwords.Hash(one);
            return passwords.Check(hash, one) == PasswordCheck.Right && passwords.Check(hash, other) == PasswordCheck.Wrong;
        }, iter: 100);
    }

    [Fact]
    public void Two_hashes_of_one_password_differ_and_neither_shows_it()
    {
        Assert.NotEqual(passwords.Hash("correct horse"), passwords.Hash("correct horse"));
        Assert.DoesNotContain("correct", passwords.Hash("correct horse"));
    }

    [Fact]
    public void A_hash_of_an_older_policy_still_opens_and_asks_to_be_renewed()
    {
        var old = passwords.Hash("correct horse");

        Assert.Equal(PasswordCheck.Outdated, WithIterations(2_000).Check(old, "correct horse"));
        Assert.Equal(PasswordCheck.Wrong, WithIterations(2_000).Check(old, "battery staple"));
    }

    [Fact]
    public void No_password_is_right_for_an_account_that_does_not_exist() =>
        Gen.String[0, 40].Sample(password => passwords.Check(null, password) == PasswordCheck.Wrong, iter: 50);

    [Fact]
    public void Generated_passwords_satisfy_the_rules_and_do_not_repeat()
    {
        var generated = Enumerable.Range(0, 100).Select(_ => Passwords.Generate()).ToHashSet();

        Assert.Equal(100, generated.Count);
        Assert.All(generated, password => Assert.True(UserRules.IsNewPassword(password)));
    }

    private static Passwords WithIterations(int iterations) => new(Options.Create(new UserOptions { PasswordIterations = iterations }));
}
