namespace Scheduler.Plugins.Odbc.Native;

/// <summary>Turns what a handle says about its last call into an exception.</summary>
internal static unsafe class Diagnostics
{
    private const int MaximumText = 8000;

    /// <param name="handle">The one that was called.</param>
    /// <param name="intent">What failed, in words; the message starts with it.</param>
    /// <param name="secrets">Masked wherever the driver repeats them.</param>
    public static OdbcException Read(OdbcHandle handle, string intent, IReadOnlyList<string> secrets)
    {
        var errors = new List<OdbcError>();
        Span<char> state = stackalloc char[6];
        var text = new char[MaximumText];
        fixed (char* statePointer = state, textPointer = text)
        {
            for (short number = 1; ; number++)
            {
                var result = DriverManager.GetDiagnostic(
                    handle.Kind, handle, number, statePointer, out var code, textPointer, MaximumText, out var length);
                if (result is not (Result.Success or Result.SuccessWithInfo)) break;

                var said = new string(text, 0, Math.Clamp(length, (short)0, (short)(MaximumText - 1)));
                errors.Add(new(new string(state[..5]), code, Mask(said.TrimEnd(), secrets)));
            }
        }

        return new OdbcException(intent, errors);
    }

    private static string Mask(string text, IReadOnlyList<string> secrets) =>
        secrets.Aggregate(text, (masked, secret) => masked.Replace(secret, "***", StringComparison.Ordinal));
}
