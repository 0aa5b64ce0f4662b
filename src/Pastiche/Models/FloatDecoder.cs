using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace Pastiche.Models;

/// <summary>Reads stored numbers as <see cref="float"/>, a small buffer at a time.</summary>
internal static class FloatDecoder
{
    private const int BufferElements = 1 << 15;

    /// <summary>Fills <paramref name="values"/> from a stream of little-endian numbers.</summary>
    /// <param name="source">The stream, at the first number.</param>
    /// <param name="type">A readable type.</param>
    /// <param name="values">Where the numbers go.</param>
    /// <exception cref="EndOfStreamException">The stream ends early.</exception>
    public static void Read(Stream source, ElementType type, Span<float> values)
    {
        if (type == ElementType.Float32)
        {
            source.ReadExactly(MemoryMarshal.AsBytes(values));
            return;
        }

        var buffer = new ushort[Math.Min(values.Length, BufferElements)];
        while (!values.IsEmpty)
        {
            Span<ushort> bits = buffer.AsSpan(0, Math.Min(values.Length, buffer.Length));
            source.ReadExactly(MemoryMarshal.AsBytes(bits));
            if (type == ElementType.Float16)
                TensorPrimitives.ConvertToSingle(MemoryMarshal.Cast<ushort, Half>(bits), values);
            else if (type == ElementType.BFloat16)
                WidenBFloat16(bits, values);
            else
                throw new ArgumentException($"{type.Name} cannot be read as float", nameof(type));
            values = values[bits.Length..];
        }
    }

    private static void WidenBFloat16(ReadOnlySpan<ushort> bits, Span<float> values)
    {
        for (int i = 0; i < bits.Length; i++)
            values[i] = BitConverter.UInt32BitsToSingle((uint)bits[i] << 16);
    }
}
