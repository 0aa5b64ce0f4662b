using System.Runtime.InteropServices;

namespace Pastiche.Compute;

/// <summary>
/// Floats outside the managed heap, zeroed and aligned. It grows on demand and never shrinks, so that buffers are reused
/// between iterations. Large ones ask Linux for huge pages: the kernels stride over megabytes and would otherwise wait for
/// page-table walks.
/// </summary>
internal sealed unsafe partial class NativeBuffer : IDisposable
{
    private const nuint SmallPage = 4096;
    private const nuint HugePage = 2 << 20;
    private const nuint ParallelClear = 64 << 20;
    private const int AdviseHugePage = 14;

    private float* _pointer;
    private nuint _bytes;

    public NativeBuffer(long floats = 0) => Reserve(floats);

    ~NativeBuffer() => Free();

    /// <summary>The first float, aligned to 4096 bytes; null while nothing is reserved.</summary>
    public float* Pointer => _pointer;

    /// <summary>Bytes held.</summary>
    public long Bytes => (long)_bytes;

    /// <summary>Makes room for so many floats. When the buffer has to grow, what was in it is lost and it is zero again.</summary>
    public void Reserve(long floats)
    {
        nuint needed = checked((nuint)floats * sizeof(float));
        if (needed <= _bytes)
            return;
        Free();
        nuint page = needed >= HugePage ? HugePage : SmallPage;
        nuint bytes = (needed + page - 1) / page * page;
        _pointer = (float*)NativeMemory.AlignedAlloc(bytes, page);
        _bytes = bytes;
        if (page == HugePage && OperatingSystem.IsLinux())
            _ = Advise(_pointer, bytes, AdviseHugePage);
        Clear();
    }

    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    // The first write to a page has it mapped and zeroed by the kernel, which for hundreds of megabytes takes long on one thread.
    private void Clear()
    {
        byte* start = (byte*)_pointer;
        if (_bytes < ParallelClear)
        {
            NativeMemory.Clear(start, _bytes);
            return;
        }
        nuint bytes = _bytes;
        Parallel.For(0L, (long)((bytes + HugePage - 1) / HugePage), page =>
            NativeMemory.Clear(start + (nuint)page * HugePage, nuint.Min(HugePage, bytes - (nuint)page * HugePage)));
    }

    private void Free()
    {
        NativeMemory.AlignedFree(_pointer);
        _pointer = null;
        _bytes = 0;
    }

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int Advise(void* address, nuint length, int advice);
}
