namespace Scheduler.Plugins.Processes;

/// <summary>The environment of another process as the kernel shows it: <c>name=value</c> entries, each ended by a zero.</summary>
public static class EnvironmentBlock
{
    /// <param name="block">All of it.</param>
    /// <param name="nameAndSign">The name with its equals sign.</param>
    /// <param name="value">The value of the first entry of that name.</param>
    public static bool TryFind(ReadOnlySpan<byte> block, ReadOnlySpan<byte> nameAndSign, out ReadOnlySpan<byte> value)
    {
        for (var from = 0; ;)
        {
            var at = block[from..].IndexOf(nameAndSign);
            if (at < 0)
            {
                value = default;
                return false;
            }

            var start = from + at;
            from = start + nameAndSign.Length;
            if (start > 0 && block[start - 1] != 0) continue;

            var length = block[from..].IndexOf((byte)0);
            value = length < 0 ? block[from..] : block.Slice(from, length);
            return true;
        }
    }
}
