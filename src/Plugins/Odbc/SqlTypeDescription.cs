namespace Scheduler.Plugins.Odbc;

/// <summary>How a driver describes the type of a column.</summary>
/// <param name="Code">A <see cref="Native.SqlType"/>, or a number of the driver's own.</param>
/// <param name="Size">Characters, bytes or decimal digits; 0 or huge where it has no bound. Drivers guess it for text.</param>
/// <param name="Digits">After the decimal point, or of the second.</param>
/// <param name="IsUnsigned">Also of types that are not numbers.</param>
internal readonly record struct SqlTypeDescription(short Code, long Size, short Digits, bool IsUnsigned);
