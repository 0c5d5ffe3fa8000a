using Scheduler.Plugins.Odbc.Native;

namespace Scheduler.Plugins.Odbc;

/// <summary>
/// An open connection to a database. Handles of ODBC are not for two threads at once: everything native happens under the
/// <see cref="Gate"/>, except asking a statement to stop.
/// </summary>
internal sealed unsafe class Session : IDisposable
{
    private readonly OdbcHandle environment;
    private readonly OdbcHandle connection;
    private readonly HashSet<Statement> statements = [];

    private Session(OdbcHandle environment, OdbcHandle connection, IReadOnlyList<string> secrets)
    {
        this.environment = environment;
        this.connection = connection;
        Secrets = secrets;
    }

    public Lock Gate { get; } = new();

    public IReadOnlyList<string> Secrets { get; }

    /// <summary>The driver can complete a value that was cut in a block of rows.</summary>
    public bool CompletesCutValues { get; private set; }

    /// <param name="connectionString">As it goes to the driver manager.</param>
    /// <param name="timeout">For drivers that know one; whole seconds.</param>
    public static Session Open(string connectionString, TimeSpan timeout)
    {
        DriverManager.EnsureInstalled();
        NarrowText.EnsureUtf8();
        var secrets = ConnectionSecrets.Of(connectionString);
        OdbcHandle? environment = null, connection = null;
        try
        {
            environment = OdbcHandle.Allocate(HandleKind.Environment, parent: null);
            _ = DriverManager.SetEnvironmentAttribute(environment, Attributes.OdbcVersion, Options.Odbc3, 0);
            connection = OdbcHandle.Allocate(HandleKind.Connection, environment);
            _ = DriverManager.SetConnectionAttribute(connection, Attributes.LoginTimeout, (nint)Math.Ceiling(timeout.TotalSeconds), 0);

            var session = new Session(environment, connection, secrets);
            session.Connect(connectionString);
            return session;
        }
        catch
        {
            connection?.Dispose();
            environment?.Dispose();
            throw;
        }
    }

    public string GetText(ushort subject)
    {
        Span<char> text = stackalloc char[512];
        short length;
        lock (Gate)
        {
            fixed (char* pointer = text)
                Check(DriverManager.GetInfo(connection, subject, pointer, (short)(text.Length * sizeof(char)), out length), connection, "No information");
        }

        return new string(text[..Math.Clamp(length / sizeof(char), 0, text.Length - 1)]);
    }

    public Statement OpenStatement()
    {
        lock (Gate)
        {
            var statement = new Statement(this, OdbcHandle.Allocate(HandleKind.Statement, connection));
            statements.Add(statement);
            return statement;
        }
    }

    public void Close(Statement statement, OdbcHandle handle)
    {
        lock (Gate)
        {
            handle.Dispose();
            statements.Remove(statement);
        }
    }

    public void Set(int attribute, nint value, string intent)
    {
        lock (Gate) Check(DriverManager.SetConnectionAttribute(connection, attribute, value, 0), connection, intent);
    }

    public void EndTransaction(short completion)
    {
        lock (Gate)
        {
            ObjectDisposedException.ThrowIf(connection.IsClosed, this);
            Check(DriverManager.EndTransaction(HandleKind.Connection, connection.DangerousGetHandle(), completion), connection, "The transaction did not end");
        }
    }

    public void Dispose()
    {
        lock (Gate)
        {
            foreach (var statement in statements.ToArray()) statement.Dispose();
            connection.Dispose();
            environment.Dispose();
        }
    }

    /// <exception cref="OdbcException">The call did not succeed.</exception>
    public void Check(short result, OdbcHandle handle, string intent)
    {
        if (result is not (Result.Success or Result.SuccessWithInfo)) throw Diagnostics.Read(handle, intent, Secrets);
    }

    private void Connect(string connectionString)
    {
        var completed = stackalloc char[1024]; // some drivers write here without asking
        short result;
        fixed (char* text = connectionString)
        {
            result = DriverManager.Connect(
                connection, 0, text, checked((short)connectionString.Length), completed, 1024, out _, Options.NoPrompt);
        }

        if (result is not (Result.Success or Result.SuccessWithInfo))
            throw MissingDriver.Explain(Diagnostics.Read(connection, "Cannot connect", Secrets), connectionString);

        uint extensions = 0;
        const uint needed = Info.Blocks | Info.BoundColumns;
        CompletesCutValues =
            DriverManager.GetInfo(connection, Info.GetDataExtensions, &extensions, sizeof(uint), out _) == Result.Success
            && (extensions & needed) == needed;
    }
}
