using System.CommandLine;
using Scheduler.Silo.Users;

namespace Scheduler.Silo.Cli.Users;

/// <summary><c>scheduler user</c>: who may log in and what they may do. Each verb works while servers run.</summary>
internal static class UserCommand
{
    public static Command Create()
    {
        var command = new Verb("user", "Adds users, changes their passwords and rights")
        {
            UserAddCommand.Create(),
            UserPasswordCommand.Create(),
            UserListCommand.Create(),
            UserAccessCommand.CreateDisable(),
            UserAccessCommand.CreateEnable(),
            UserGrantCommand.Create(),
            UserImportCommand.Create(),
        };
        command.Examples.Add(new("scheduler user add ada --role admin", "an administrator; asks for the password"));
        command.Examples.Add(new("scheduler user list", "everybody"));
        return command;
    }

    /// <summary>A verb about the users of a database.</summary>
    /// <param name="name">Of the verb.</param>
    /// <param name="description">For its help page.</param>
    /// <param name="run">Its work; returns the exit code.</param>
    /// <param name="symbols">Its arguments and options; where the database is comes with it.</param>
    /// <param name="examples">For its help page.</param>
    internal static Command CreateVerb(
        string name, string description, Func<ParseResult, UserSession, CancellationToken, Task<int>> run, Symbol[] symbols, params Example[] examples) =>
        Verb.OnDatabase(
            name, description, services => services.AddUsers(),
            (parsed, services, token) => run(parsed, new UserSession(services), token), symbols, examples);
}
