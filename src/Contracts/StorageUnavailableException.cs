namespace Scheduler.Contracts;

/// <summary>The store cannot be reached, so nothing was acknowledged. The call may be repeated.</summary>
[GenerateSerializer, Alias("scheduler/storage-unavailable")]
public sealed class StorageUnavailableException : Exception
{
    public StorageUnavailableException() { }

    public StorageUnavailableException(string message) : base(message) { }

    public StorageUnavailableException(string message, Exception inner) : base(message, inner) { }
}
