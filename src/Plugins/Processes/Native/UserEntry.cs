using System.Runtime.InteropServices;

namespace Scheduler.Plugins.Processes.Native;

/// <summary><c>struct passwd</c> of glibc and musl.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct UserEntry
{
    public byte* Name;
    public byte* Password;
    public uint User;
    public uint Group;
    public byte* Comment;
    public byte* Home;
    public byte* Shell;
}
