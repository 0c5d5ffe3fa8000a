namespace Scheduler.Silo.Instances;

/// <summary>
/// Stored bytes of an execution cannot be read: they are damaged, or a newer version of the program wrote them. The execution must be
/// left alone until a program that understands them takes it.
/// </summary>
internal sealed class ExecutionFormatException : Exception
{
    public ExecutionFormatException() { }

    public ExecutionFormatException(string message) : base(message) { }

    public ExecutionFormatException(string message, Exception inner) : base(message, inner) { }
}
