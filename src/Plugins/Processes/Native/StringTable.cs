using System.Runtime.InteropServices;
using System.Text;

namespace Scheduler.Plugins.Processes.Native;

/// <summary>
/// Zero-terminated UTF-8 strings outside the managed heap: the form in which paths, arguments and environments are handed to a program.
/// </summary>
internal sealed unsafe class StringTable : IDisposable
{
    private readonly List<int> _offsets = new(64);
    private byte* _bytes = (byte*)NativeMemory.Alloc(InitialCapacity);
    private byte** _pointers;
    private int _capacity = InitialCapacity;
    private int _length;

    private const int InitialCapacity = 8 * 1024;

    /// <summary>True once a string has been added that the receiver would see cut short.</summary>
    public bool HasZeroCharacter { get; private set; }

    public void Add(string text)
    {
        Begin(Encoding.UTF8.GetMaxByteCount(text.Length) + 1);
        Append(text);
        _bytes[_length++] = 0;
    }

    /// <summary>Adds <c>name=value</c>.</summary>
    public void Add(string name, string value)
    {
        Begin(Encoding.UTF8.GetMaxByteCount(name.Length + 1 + value.Length) + 1);
        Append(name);
        _bytes[_length++] = (byte)'=';
        Append(value);
        _bytes[_length++] = 0;
    }

    /// <summary>Adds an entry that already ends with its zero.</summary>
    public void AddEncoded(ReadOnlySpan<byte> entry)
    {
        Begin(entry.Length);
        entry.CopyTo(Free);
        _length += entry.Length;
    }

    /// <summary>The null-terminated array of pointers to the strings. Valid until the next change.</summary>
    public byte** Pointers()
    {
        _pointers = (byte**)NativeMemory.Realloc(_pointers, (nuint)((_offsets.Count + 1) * sizeof(byte*)));
        for (var i = 0; i < _offsets.Count; i++) _pointers[i] = _bytes + _offsets[i];
        _pointers[_offsets.Count] = null;
        return _pointers;
    }

    public void Dispose()
    {
        NativeMemory.Free(_pointers);
        NativeMemory.Free(_bytes);
        _pointers = null;
        _bytes = null;
    }

    private Span<byte> Free => new(_bytes + _length, _capacity - _length);

    private void Append(string text)
    {
        HasZeroCharacter |= text.Contains('\0');
        _length += Encoding.UTF8.GetBytes(text, Free);
    }

    private void Begin(int size)
    {
        _offsets.Add(_length);
        if (_capacity - _length >= size) return;

        _capacity = Math.Max(checked(_capacity * 2), checked(_length + size));
        _bytes = (byte*)NativeMemory.Realloc(_bytes, (nuint)_capacity);
    }
}
