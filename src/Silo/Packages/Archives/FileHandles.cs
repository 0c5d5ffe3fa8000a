using Microsoft.Win32.SafeHandles;

namespace Scheduler.Silo.Packages.Archives;

/// <summary>Reads at a position of an open file.</summary>
internal static class FileHandles
{
    /// <summary>Fills the buffer; false when the file ends before, or the position is not in it.</summary>
    public static bool TryRead(this SafeFileHandle file, long offset, Span<byte> buffer)
    {
        if (offset < 0) return false;

        while (!buffer.IsEmpty)
        {
            var read = RandomAccess.Read(file, buffer, offset);
            if (read == 0) return false;

            offset += read;
            buffer = buffer[read..];
        }

        return true;
    }
}
