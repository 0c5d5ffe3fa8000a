using System.Runtime.InteropServices;

namespace Scheduler.Plugins.Odbc.Native;

/// <summary>
/// The driver manager translates for drivers that know no UTF-16, such as that of SQLite, into the encoding of the process's locale. .NET
/// leaves that at C, where every character beyond ASCII silently becomes another one.
/// </summary>
internal static partial class NarrowText
{
    private const int CharacterType = 0;

    private static readonly bool s_isUtf8 = Choose();

    /// <summary>Once per process, and only where nobody has chosen a locale.</summary>
    public static bool EnsureUtf8() => s_isUtf8;

    private static bool Choose() =>
        Marshal.PtrToStringAnsi(SetLocale(CharacterType, null)) is not ("C" or "POSIX") || SetLocale(CharacterType, "C.UTF-8") != 0;

    [LibraryImport("libc", EntryPoint = "setlocale", StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint SetLocale(int category, string? locale);
}
