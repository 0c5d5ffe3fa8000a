using Scheduler.Plugins.Odbc.Native;

namespace Scheduler.Plugins.Odbc;

/// <summary>The shape in which the values of a column come from the driver, and what they become here.</summary>
/// <param name="NativeType">Of the memory that the driver fills.</param>
/// <param name="ClrType">
/// What <c>GetValue</c> returns. A value that this type cannot hold comes as the text of the driver, or as the next wider integer.
/// </param>
/// <param name="Bytes">Of one value; 0 where values differ in length.</param>
internal sealed record ValueShape(short NativeType, Type ClrType, int Bytes)
{
    private static readonly ValueShape Text = new(Native.NativeType.Wide, typeof(string), 0);
    private static readonly ValueShape Binary = new(Native.NativeType.Binary, typeof(byte[]), 0);
    private static readonly ValueShape Decimal = new(Native.NativeType.Wide, typeof(decimal), 0);
    private static readonly ValueShape Time = new(Native.NativeType.Wide, typeof(TimeSpan), 0); // the native shape has no fractions
    private static readonly ValueShape Date = new(Native.NativeType.Date, typeof(DateTime), 6);
    private static readonly ValueShape Timestamp = new(Native.NativeType.Timestamp, typeof(DateTime), 16);
    private static readonly ValueShape Bit = new(Native.NativeType.Bit, typeof(bool), 1);
    private static readonly ValueShape Guid = new(Native.NativeType.Guid, typeof(Guid), 16);
    private static readonly ValueShape Single = new(Native.NativeType.Single, typeof(float), 4);
    private static readonly ValueShape Double = new(Native.NativeType.Double, typeof(double), 8);

    /// <summary>Unknown types come as text, as every driver can give them.</summary>
    public static ValueShape Of(SqlTypeDescription type) => type.Code switch
    {
        SqlType.TinyInt => Integer(type.IsUnsigned ? typeof(byte) : typeof(short)),
        SqlType.SmallInt => Integer(type.IsUnsigned ? typeof(int) : typeof(short)),
        SqlType.Integer => Integer(type.IsUnsigned ? typeof(long) : typeof(int)),
        SqlType.BigInt => type.IsUnsigned ? Decimal : Integer(typeof(long)),
        SqlType.Decimal or SqlType.Numeric => Decimal,
        SqlType.Real => Single,
        SqlType.Float or SqlType.Double => Double,
        SqlType.Bit => Bit,
        SqlType.Date => Date,
        SqlType.Time => Time,
        SqlType.Timestamp => Timestamp,
        SqlType.Binary or SqlType.VarBinary or SqlType.LongVarBinary => Binary,
        SqlType.Guid => Guid,
        _ => Text,
    };

    private static ValueShape Integer(Type type) => new(Native.NativeType.Int64, type, sizeof(long));
}
