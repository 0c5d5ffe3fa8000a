using System.Runtime.InteropServices;

namespace Scheduler.Plugins.Odbc.Native;

/// <summary>An environment, a connection or a statement. It keeps the handle it was made from, so that they go in order.</summary>
internal sealed class OdbcHandle : SafeHandle
{
    private readonly OdbcHandle? parent;

    private OdbcHandle(HandleKind kind, OdbcHandle? parent) : base(0, ownsHandle: true)
    {
        Kind = kind;
        this.parent = parent;
    }

    public HandleKind Kind { get; }

    public override bool IsInvalid => handle == 0;

    public static OdbcHandle Allocate(HandleKind kind, OdbcHandle? parent)
    {
        var made = new OdbcHandle(kind, parent);
        var parentHeld = false;
        try
        {
            parent?.DangerousAddRef(ref parentHeld);
            if (DriverManager.AllocateHandle(kind, parent?.handle ?? 0, out var value) is not (Result.Success or Result.SuccessWithInfo))
                throw parent is null ? new OdbcException("The ODBC driver manager gave no handle.") : Diagnostics.Read(parent, "No handle", []);

            made.SetHandle(value);
            return made;
        }
        catch
        {
            made.SetHandleAsInvalid();
            if (parentHeld) parent!.DangerousRelease();
            throw;
        }
    }

    protected override bool ReleaseHandle()
    {
        // A connection inside a transaction refuses to go.
        if (Kind == HandleKind.Connection && DriverManager.Disconnect(handle) is not (Result.Success or Result.SuccessWithInfo))
        {
            _ = DriverManager.EndTransaction(Kind, handle, Options.Rollback);
            _ = DriverManager.Disconnect(handle);
        }

        var result = DriverManager.FreeHandle(Kind, handle);
        parent?.DangerousRelease();
        return result == Result.Success;
    }
}
