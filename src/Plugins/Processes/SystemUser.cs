using System.Runtime.InteropServices;
using Scheduler.Plugins.Processes.Native;

namespace Scheduler.Plugins.Processes;

/// <summary>A user of the operating system, from wherever it keeps them.</summary>
/// <param name="Name">As it is logged in with.</param>
/// <param name="User">0 is root.</param>
/// <param name="Group">The first of its groups.</param>
/// <param name="Home">Need not exist.</param>
internal sealed record SystemUser(string Name, uint User, uint Group, string Home)
{
    private const int LargestEntry = 64 * 1024;

    /// <returns>Null when there is none of that name.</returns>
    public static unsafe SystemUser? Find(string name)
    {
        var buffer = (byte*)NativeMemory.Alloc(LargestEntry);
        try
        {
            UserEntry entry;
            UserEntry* found;
            if (name.Contains('\0') || Libc.FindUser(name, &entry, buffer, LargestEntry, &found) != 0 || found is null) return null;

            return new(name, entry.User, entry.Group, Marshal.PtrToStringUTF8((nint)entry.Home) ?? "/");
        }
        finally
        {
            NativeMemory.Free(buffer);
        }
    }
}
