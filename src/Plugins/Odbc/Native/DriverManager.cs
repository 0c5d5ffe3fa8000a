using System.Runtime.InteropServices;

namespace Scheduler.Plugins.Odbc.Native;

/// <summary>
/// The calls of the ODBC driver manager that the provider needs, with the names of the ODBC reference. Text is UTF-16; lengths of text
/// count characters, except where the name says bytes. Every call answers with a <see cref="Result"/>.
/// </summary>
internal static unsafe partial class DriverManager
{
    private const string Library = "libodbc.so.2";

    /// <exception cref="OdbcException">It is not installed.</exception>
    public static void EnsureInstalled(string library = Library)
    {
        if (!NativeLibrary.TryLoad(library, out _))
            throw new OdbcException($"The ODBC driver manager ({library}) is missing. Install unixODBC, on Debian: apt-get install unixodbc");
    }

    [LibraryImport(Library, EntryPoint = "SQLAllocHandle")]
    public static partial short AllocateHandle(HandleKind kind, nint parent, out nint handle);

    [LibraryImport(Library, EntryPoint = "SQLFreeHandle")]
    public static partial short FreeHandle(HandleKind kind, nint handle);

    [LibraryImport(Library, EntryPoint = "SQLSetEnvAttr")]
    public static partial short SetEnvironmentAttribute(OdbcHandle environment, int attribute, nint value, int length);

    [LibraryImport(Library, EntryPoint = "SQLSetConnectAttrW")]
    public static partial short SetConnectionAttribute(OdbcHandle connection, int attribute, nint value, int length);

    [LibraryImport(Library, EntryPoint = "SQLDriverConnectW")]
    public static partial short Connect(
        OdbcHandle connection, nint window, char* text, short length, char* completed, short capacity, out short completedLength, ushort prompt);

    [LibraryImport(Library, EntryPoint = "SQLDisconnect")]
    public static partial short Disconnect(nint connection);

    [LibraryImport(Library, EntryPoint = "SQLEndTran")]
    public static partial short EndTransaction(HandleKind kind, nint connection, short completion);

    [LibraryImport(Library, EntryPoint = "SQLGetInfoW")]
    public static partial short GetInfo(OdbcHandle connection, ushort subject, void* value, short capacityInBytes, out short lengthInBytes);

    [LibraryImport(Library, EntryPoint = "SQLGetDiagRecW")]
    public static partial short GetDiagnostic(
        HandleKind kind, OdbcHandle handle, short number, char* state, out int nativeCode, char* text, short capacity, out short length);

    [LibraryImport(Library, EntryPoint = "SQLSetStmtAttrW")]
    public static partial short SetStatementAttribute(OdbcHandle statement, int attribute, void* value, int length);

    [LibraryImport(Library, EntryPoint = "SQLBindParameter")]
    public static partial short BindParameter(
        OdbcHandle statement, ushort number, short direction, short nativeType, short sqlType, nuint size, short digits, void* value,
        nint capacityInBytes, nint* lengthInBytes);

    [LibraryImport(Library, EntryPoint = "SQLExecDirectW")]
    public static partial short Execute(OdbcHandle statement, char* text, int length);

    [LibraryImport(Library, EntryPoint = "SQLCancel")]
    public static partial short Cancel(OdbcHandle statement);

    [LibraryImport(Library, EntryPoint = "SQLRowCount")]
    public static partial short RowCount(OdbcHandle statement, out nint rows);

    [LibraryImport(Library, EntryPoint = "SQLNumResultCols")]
    public static partial short ColumnCount(OdbcHandle statement, out short columns);

    [LibraryImport(Library, EntryPoint = "SQLDescribeColW")]
    public static partial short DescribeColumn(
        OdbcHandle statement, ushort number, char* name, short capacity, out short length, out short type, out nuint size, out short digits,
        out short nullable);

    [LibraryImport(Library, EntryPoint = "SQLColAttributeW")]
    public static partial short ColumnAttribute(
        OdbcHandle statement, ushort number, ushort attribute, void* text, short capacityInBytes, out short lengthInBytes, out nint value);

    [LibraryImport(Library, EntryPoint = "SQLBindCol")]
    public static partial short BindColumn(
        OdbcHandle statement, ushort number, short nativeType, void* value, nint capacityInBytes, nint* lengthInBytes);

    [LibraryImport(Library, EntryPoint = "SQLFetch")]
    public static partial short Fetch(OdbcHandle statement);

    [LibraryImport(Library, EntryPoint = "SQLSetPos")]
    public static partial short SetPosition(OdbcHandle statement, nuint row, ushort operation, ushort lockType);

    [LibraryImport(Library, EntryPoint = "SQLGetData")]
    public static partial short GetData(
        OdbcHandle statement, ushort number, short nativeType, void* value, nint capacityInBytes, nint* lengthInBytes);

    [LibraryImport(Library, EntryPoint = "SQLMoreResults")]
    public static partial short MoreResults(OdbcHandle statement);

    [LibraryImport(Library, EntryPoint = "SQLFreeStmt")]
    public static partial short FreeStatement(OdbcHandle statement, ushort option);
}
