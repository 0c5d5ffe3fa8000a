namespace Scheduler.Plugins.Odbc.Native;

internal enum HandleKind : short
{
    Environment = 1,
    Connection = 2,
    Statement = 3,
}

/// <summary>What a call answers; anything else than these is an error.</summary>
internal static class Result
{
    public const short Success = 0;
    public const short SuccessWithInfo = 1;
    public const short NoData = 100;
}

/// <summary>In the place of a length.</summary>
internal static class Length
{
    public const nint Null = -1;
    public const nint Unknown = -4;
}

/// <summary>Types of a database, as <c>SQLDescribeCol</c> tells them.</summary>
internal static class SqlType
{
    public const short Numeric = 2;
    public const short Decimal = 3;
    public const short Integer = 4;
    public const short SmallInt = 5;
    public const short Float = 6;
    public const short Real = 7;
    public const short Double = 8;
    public const short VarChar = 12;
    public const short Date = 91;
    public const short Time = 92;
    public const short Timestamp = 93;
    public const short LongVarChar = -1;
    public const short Binary = -2;
    public const short VarBinary = -3;
    public const short LongVarBinary = -4;
    public const short BigInt = -5;
    public const short TinyInt = -6;
    public const short Bit = -7;
    public const short WideVarChar = -9;
    public const short WideLongVarChar = -10;
    public const short Guid = -11;
}

/// <summary>Shapes of a value in memory.</summary>
internal static class NativeType
{
    public const short Ansi = 1;
    public const short Single = 7;
    public const short Double = 8;
    public const short Date = 91;
    public const short Timestamp = 93;
    public const short Binary = -2;
    public const short Bit = -7;
    public const short Wide = -8;
    public const short Guid = -11;
    public const short Int64 = -25;
}

internal static class Attributes
{
    public const int OdbcVersion = 200;
    public const int LoginTimeout = 103;
    public const int AutoCommit = 102;
    public const int Isolation = 108;
    public const int QueryTimeout = 0;
    public const int RowStatuses = 25;
    public const int RowsFetched = 26;
    public const int RowsPerFetch = 27;
    public const ushort ColumnUnsigned = 8;
    public const ushort ColumnTypeName = 14;
}

internal static class Info
{
    public const ushort DataSource = 2;
    public const ushort Database = 16;
    public const ushort ServerVersion = 18;
    public const ushort GetDataExtensions = 81;

    /// <summary>Flags of <see cref="GetDataExtensions"/>: the rest of a value can be had in any row of a block, and of a bound column.</summary>
    public const uint Blocks = 4;
    public const uint BoundColumns = 8;
}

internal static class Options
{
    public const nint Odbc3 = 3;
    public const ushort NoPrompt = 0;
    public const short Commit = 0;
    public const short Rollback = 1;
    public const short Input = 1;
    public const ushort Unbind = 2;
    public const ushort Position = 0;
    public const ushort RowError = 5;
}
