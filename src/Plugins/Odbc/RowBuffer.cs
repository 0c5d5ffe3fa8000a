using System.Runtime.InteropServices;
using Scheduler.Plugins.Odbc.Native;

namespace Scheduler.Plugins.Odbc;

/// <summary>
/// The rows of one result, forwards. Rows of bounded size come in blocks into memory that the driver fills by itself; where a value may be
/// long, or the driver cannot complete one that was cut, they come singly and value by value, some ahead of the reader so that not every
/// row waits for a thread. Either way memory does not grow with the number of rows. All native memory is pinned arrays: nothing to free.
/// </summary>
internal sealed unsafe class RowBuffer
{
    private const int BlockBytes = 256 * 1024;
    private const int MaximumRows = 1000;
    private const int MaximumBoundSize = 512;
    private const int PieceBytes = 16 * 1024;
    private const int KeptPiece = 1024 * 1024;
    private const int LargestPiece = 16 * 1024 * 1024;

    private readonly Statement statement;
    private readonly OdbcColumn[] columns;

    // Of a block; empty where rows come singly.
    private readonly byte[][] cells = [];
    private readonly nint[][] lengths = [];
    private readonly ushort[] statuses = [];
    private readonly nint[] fetched = GC.AllocateArray<nint>(1, pinned: true);

    private int row = -1;

    // Of single rows.
    private readonly Queue<object?[]> ahead = new();
    private object?[] values = [];
    private byte[] piece = GC.AllocateUninitializedArray<byte>(PieceBytes, pinned: true);
    private int rowsAhead = 1;
    private long bytesAhead;
    private bool isAtEnd;

    public RowBuffer(Statement statement, OdbcColumn[] columns)
    {
        this.statement = statement;
        this.columns = columns;
        var rows = RowsOfBlock();
        if (rows < 2 || !statement.TryFetchBlocks(rows)) return;

        cells = [.. columns.Select(column => GC.AllocateUninitializedArray<byte>(rows * CellBytes(column), pinned: true))];
        lengths = [.. columns.Select(_ => GC.AllocateArray<nint>(rows, pinned: true))];
        statuses = GC.AllocateArray<ushort>(rows, pinned: true);
        Bind();
    }

    /// <summary>The next row is here already, so that moving to it does not wait.</summary>
    public bool HasRowAtHand => IsBlock ? row + 1 < fetched[0] : ahead.Count > 0;

    private bool IsBlock => cells.Length > 0;

    public bool MoveNext()
    {
        if (!HasRowAtHand) Fetch();
        if (!HasRowAtHand) return false;

        if (IsBlock) row++;
        else values = ahead.Dequeue();
        return true;
    }

    /// <returns><see langword="null"/> for NULL.</returns>
    public object? GetValue(int ordinal) => IsBlock ? ReadCell(ordinal) : values[ordinal];

    /// <summary>Before the statement goes to its next result, which has other columns.</summary>
    public void Unbind()
    {
        if (!IsBlock) return;
        statement.UnbindColumns();
        _ = statement.TryFetchBlocks(1);
        statement.SetAttribute(Attributes.RowsFetched, null, "Rows are not counted");
        statement.SetAttribute(Attributes.RowStatuses, null, "Rows have no status");
    }

    private void Fetch()
    {
        row = -1;
        fetched[0] = 0;
        if (!IsBlock) FetchAhead();
        else if (!statement.Fetch(statuses)) fetched[0] = 0;
    }

    // Few at first, for those who want no more than that.
    private void FetchAhead()
    {
        bytesAhead = 0;
        while (!isAtEnd && ahead.Count < rowsAhead && bytesAhead < BlockBytes)
        {
            isAtEnd = !statement.Fetch([]);
            if (!isAtEnd) ahead.Enqueue(ReadRow());
        }

        rowsAhead = Math.Min(2 * rowsAhead, MaximumRows);
    }

    // In the order of the columns, which every driver can.
    private object?[] ReadRow()
    {
        var read = new object?[columns.Length];
        for (var i = 0; i < read.Length; i++) read[i] = ReadPieces(i);
        return read;
    }

    private int RowsOfBlock()
    {
        var canBind = columns.All(column => column.Shape.Bytes > 0
            || (statement.Session.CompletesCutValues && !column.IsLong.GetValueOrDefault() && column.Type.Size is > 0 and <= MaximumBoundSize));
        return canBind ? Math.Clamp(BlockBytes / columns.Sum(column => CellBytes(column) + sizeof(nint)), 1, MaximumRows) : 1;
    }

    // A character may take two places, and a zero follows the last. A number has a sign, a point and a zero before it.
    private static int CellBytes(OdbcColumn column) => column.Shape switch
    {
        { Bytes: > 0 and var bytes } => bytes,
        { NativeType: NativeType.Wide } => ((int)column.Type.Size * 2 + 4) * sizeof(char),
        _ => (int)column.Type.Size,
    };

    private void Bind()
    {
        statement.SetAttribute(Attributes.RowsFetched, Address(fetched), "Rows are not counted");
        statement.SetAttribute(Attributes.RowStatuses, Address(statuses), "Rows have no status");
        for (var i = 0; i < columns.Length; i++)
            statement.BindColumn(i, columns[i].Shape.NativeType, (byte*)Address(cells[i]), CellBytes(columns[i]), (nint*)Address(lengths[i]));
    }

    private object? ReadCell(int ordinal)
    {
        var column = columns[ordinal];
        var length = lengths[ordinal][row];
        if (length == Length.Null) return null;

        var capacity = CellBytes(column);
        var zero = column.Shape.NativeType == NativeType.Wide ? sizeof(char) : 0;
        if (column.Shape.Bytes == 0 && (length == Length.Unknown || length > capacity - zero))
        {
            statement.GoTo(row);
            return ReadPieces(ordinal);
        }

        return ValueDecoder.Decode(column, cells[ordinal].AsSpan(row * capacity, column.Shape.Bytes > 0 ? column.Shape.Bytes : (int)length));
    }

    private object? ReadPieces(int ordinal)
    {
        var column = columns[ordinal];
        var zero = column.Shape.NativeType == NativeType.Wide ? sizeof(char) : 0;
        var result = ReadPiece(column, out var length);
        bytesAhead += Math.Max(length, sizeof(long));
        if (length == Length.Null) return null;
        if (column.Shape.Bytes > 0) return ValueDecoder.Decode(column, piece.AsSpan(0, column.Shape.Bytes));
        if (length >= 0 && length <= piece.Length - zero) return ValueDecoder.Decode(column, piece.AsSpan(0, (int)length));

        // The length is that of the rest of the value, this piece included, where the driver knows it. The rest comes in as few pieces as
        // memory allows: some drivers convert the whole value for each.
        var whole = new MemoryStream((int)Math.Clamp(length, 4 * PieceBytes, LargestPiece));
        while (result != Result.NoData)
        {
            var room = piece.Length - zero;
            var isLast = length >= 0 && length <= room;
            whole.Write(piece, 0, isLast ? (int)length : room);
            if (isLast || result == Result.Success) break;

            var next = (int)Math.Clamp(length, 2L * PieceBytes, LargestPiece);
            if (next > piece.Length) piece = GC.AllocateUninitializedArray<byte>(next, pinned: true);
            result = ReadPiece(column, out length);
        }

        if (piece.Length > KeptPiece) piece = GC.AllocateUninitializedArray<byte>(PieceBytes, pinned: true);
        return ValueDecoder.Decode(column, whole.GetBuffer().AsSpan(0, (int)whole.Length));
    }

    private short ReadPiece(OdbcColumn column, out nint length) =>
        statement.GetData(column.ColumnOrdinal!.Value, column.Shape.NativeType, (byte*)Address(piece), piece.Length, out length);

    private static void* Address<T>(T[] pinned) where T : unmanaged => (void*)Marshal.UnsafeAddrOfPinnedArrayElement(pinned, 0);
}
