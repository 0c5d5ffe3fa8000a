using System.Data.Common;
using Dapper;
using Scheduler.Silo.Users;

namespace Scheduler.Silo.Storage.Users;

/// <summary>Changes of users, groups and roles, each in one transaction with its audit row. Nothing is ever removed but ties.</summary>
internal sealed class UserBook(IDatabase database)
{
    /// <summary>True when it became the first user of all; with any user present nothing happens.</summary>
    public async Task<bool> AddFirstAsync(UserTie.HasRole first, string hash, UserEvent entry, CancellationToken cancellationToken) =>
        await ChangeAsync(entry, async work =>
        {
            if (await work.ExecuteAsync(UserSql.AddFirst, NewAccount(first.User, hash, entry)) == 0) return UserChange.AlreadyExists;

            await work.ExecuteAsync(UserSql.Set(first), first);
            return UserChange.Done;
        }, cancellationToken) is UserChange.Done;

    public Task<UserChange> AddAsync(string user, string hash, UserEvent entry, CancellationToken cancellationToken) =>
        ChangeAsync(entry, async work => await work.ExecuteAsync(UserSql.Add, NewAccount(user, hash, entry)) == 1
            ? UserChange.Done
            : UserChange.AlreadyExists, cancellationToken);

    /// <summary>Sets the password and ends every session of the user.</summary>
    public Task<UserChange> SetPasswordAsync(string user, string hash, UserEvent entry, CancellationToken cancellationToken) =>
        ChangeAccountAsync(UserSql.SetPassword, user, new { User = user, Hash = hash }, entry, cancellationToken);

    /// <summary>Opens or closes the account; its sessions end either way.</summary>
    public Task<UserChange> SetDisabledAsync(string user, bool isDisabled, UserEvent entry, CancellationToken cancellationToken) =>
        ChangeAccountAsync(UserSql.SetDisabled, user, new { User = user, IsDisabled = isDisabled }, entry, cancellationToken);

    public Task<UserChange> DefineRoleAsync(string role, int permissions, UserEvent entry, CancellationToken cancellationToken) =>
        ChangeAsync(entry, async work =>
        {
            await work.ExecuteAsync(UserSql.DefineRole, new { Role = role, Permissions = permissions });
            return UserChange.Done;
        }, cancellationToken);

    /// <param name="tie">What shall hold, or no longer.</param>
    /// <param name="holds">True sets it, false takes it back.</param>
    /// <param name="entry">Who and when.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<UserChange> TieAsync(UserTie tie, bool holds, UserEvent entry, CancellationToken cancellationToken) =>
        ChangeAsync(entry, async work =>
        {
            if (tie is not UserTie.GroupHasRole && !await work.AnyAsync(UserSql.CountUsers, tie)) return UserChange.UnknownUser;
            if (tie is UserTie.HasRole or UserTie.GroupHasRole && !await work.AnyAsync(UserSql.CountRoles, tie))
                return UserChange.UnknownRole;

            if (holds && tie is UserTie.InGroup or UserTie.GroupHasRole) await work.ExecuteAsync(UserSql.AddGroup, tie);
            await work.ExecuteAsync(holds ? UserSql.Set(tie) : UserSql.Remove(tie), tie);
            return UserChange.Done;
        }, cancellationToken);

    private Task<UserChange> ChangeAccountAsync(
        string statement, string user, object parameters, UserEvent entry, CancellationToken cancellationToken) =>
        ChangeAsync(entry, async work =>
        {
            if (await work.ExecuteAsync(statement, parameters) == 0) return UserChange.UnknownUser;

            await work.ExecuteAsync(UserSql.EndSessions, new { User = user });
            return UserChange.Done;
        }, cancellationToken);

    // Work that is not done has written nothing, so committing it changes nothing.
    private Task<UserChange> ChangeAsync(UserEvent entry, Func<Work, Task<UserChange>> change, CancellationToken cancellationToken) =>
        database.WriteAsync(async (connection, transaction) =>
        {
            var work = new Work(connection, transaction);
            var result = await change(work);
            if (result is UserChange.Done)
                await work.ExecuteAsync(UserSql.AddEvent, new { entry.Actor, At = entry.At.ToStored(), entry.Message });
            return result;
        }, cancellationToken);

    private static object NewAccount(string user, string hash, UserEvent entry) =>
        new { User = user, Hash = hash, IsDisabled = false, At = entry.At.ToStored() };

    private readonly record struct Work(DbConnection Connection, DbTransaction Transaction)
    {
        public Task<int> ExecuteAsync(string statement, object parameters) =>
            Connection.ExecuteAsync(statement, parameters, Transaction);

        public async Task<bool> AnyAsync(string count, object parameters) =>
            await Connection.ExecuteScalarAsync<long>(count, parameters, Transaction) > 0;
    }
}
