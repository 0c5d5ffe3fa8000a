using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Options;

namespace Scheduler.Silo.Users;

/// <summary>
/// Slows down guessing: one account from many addresses, and many accounts from one address. Waits grow exponentially, shrink
/// again with quiet time, and have an upper end.
/// </summary>
/// <remarks>
/// In memory: a restart forgets, and each process of a cluster counts for itself, which multiplies the guesses by their number.
/// </remarks>
internal sealed class LoginThrottle(IOptions<UserOptions> options, TimeProvider clock)
{
    private readonly FailureLedger accounts = new(options.Value.Throttle.FreePerAccount, options.Value.Throttle);
    private readonly FailureLedger addresses = new(options.Value.Throttle.FreePerAddress, options.Value.Throttle);
    private readonly Lock gate = new();

    /// <summary>How long a login has to wait; null when it may be tried now.</summary>
    public TimeSpan? RetryAfter(string account, string remoteAddress)
    {
        lock (gate)
        {
            var now = clock.GetUtcNow();
            var ofAccount = accounts.WaitOf(account, now);
            var ofAddress = addresses.WaitOf(Network(remoteAddress), now);
            var wait = ofAccount > ofAddress ? ofAccount : ofAddress;
            return wait > TimeSpan.Zero ? wait : null;
        }
    }

    public void Failed(string account, string remoteAddress)
    {
        lock (gate)
        {
            accounts.Fail(account, clock.GetUtcNow());
            addresses.Fail(Network(remoteAddress), clock.GetUtcNow());
        }
    }

    /// <summary>Clears the account. The address keeps its failures, or one known password would free it to guess others.</summary>
    public void Succeeded(string account)
    {
        lock (gate) accounts.Forget(account);
    }

    // Whoever has one IPv6 address usually has the 2^64 beside it.
    private static string Network(string remoteAddress)
    {
        if (!IPAddress.TryParse(remoteAddress, out var address)) return remoteAddress;
        if (address.IsIPv4MappedToIPv6) return address.MapToIPv4().ToString();
        if (address.AddressFamily != AddressFamily.InterNetworkV6) return address.ToString();

        var bytes = address.GetAddressBytes();
        bytes.AsSpan(8).Clear();
        return new IPAddress(bytes).ToString();
    }
}
