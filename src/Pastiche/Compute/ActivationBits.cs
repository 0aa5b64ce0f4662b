using System.Runtime.CompilerServices;

namespace Pastiche.Compute;

/// <summary>
/// One bit for each activation, <c>[channels / 16, height, width]</c> of 16 bits: whether a gradient passes here. After a
/// ReLU the bit says that the activation is positive; after max pooling, that it also is the first maximum of its 2x2
/// neighbourhood. This is all that the backward pass keeps of a layer.
/// </summary>
internal sealed unsafe class ActivationBits : IDisposable
{
    private readonly NativeBuffer _buffer = new();

    public int Height { get; private set; }

    public int Width { get; private set; }

    /// <summary>Gives the bits another shape; they are undefined until written.</summary>
    public void Reshape(int channels, int height, int width)
    {
        (Height, Width) = (height, width);
        _buffer.Reserve(((long)Units.BlocksOf(channels) * height * width + 1) / 2);
    }

    /// <summary>The bits of a pixel, those of the pixels to its right following.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ushort* Pixel(int block, int y, int x) => (ushort*)_buffer.Pointer + ((nint)block * Height + y) * Width + x;

    public void Dispose() => _buffer.Dispose();
}
