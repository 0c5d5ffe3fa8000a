using Scheduler.Contracts.Users;

namespace Scheduler.Api.Tests.Ports;

/// <summary>Users with the password <c>secret</c>. Three failures from one address close it for half a minute.</summary>
public sealed class InMemoryUsers(Switch store) : IUserDirectory
{
    public const string Password = "secret";
    private const int MaxFailures = 3;

    private readonly Dictionary<string, User> users = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> failures = new(StringComparer.Ordinal);

    public IReadOnlyCollection<string> FailedAddresses => failures.Keys;

    public void Add(User user) => users.Add(user.Name, user);

    public User Get(string name) => users[name];

    public Task<LoginResult> AuthenticateAsync(string name, string password, string remoteAddress, CancellationToken cancellationToken)
    {
        store.Check();
        if (failures.GetValueOrDefault(remoteAddress) >= MaxFailures)
            return Task.FromResult<LoginResult>(new LoginResult.Throttled(TimeSpan.FromSeconds(29.5)));
        if (password == Password && users.TryGetValue(name, out var user))
            return Task.FromResult<LoginResult>(new LoginResult.Accepted(user));

        failures[remoteAddress] = failures.GetValueOrDefault(remoteAddress) + 1;
        return Task.FromResult<LoginResult>(new LoginResult.Refused());
    }

    public Task<User?> FindAsync(string name, CancellationToken cancellationToken) => Task.FromResult(users.GetValueOrDefault(name));

    public Task<bool> GroupExistsAsync(string name, CancellationToken cancellationToken) =>
        Task.FromResult(users.Values.Any(user => user.Groups.Contains(name)));
}
