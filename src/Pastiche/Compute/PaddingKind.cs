namespace Pastiche.Compute;

/// <summary>What a convolution sees beyond the border.</summary>
internal enum PaddingKind
{
    /// <summary>Zeros, as VGG-19 was trained. In a picture they mean a frame of the mean colour, which can leave a trace.</summary>
    Zero,

    /// <summary>The pixels inside the border, mirrored at the outermost one.</summary>
    Reflection,

    /// <summary>The pixels at the opposite border: the picture is a torus, which tiles without a seam.</summary>
    Circular,
}

/// <summary>Coordinates beyond the border.</summary>
internal static class PaddingKinds
{
    /// <summary>The coordinate inside <c>0 .. size - 1</c> whose pixel stands for any other; a padding with zeros has none.</summary>
    public static int Inside(this PaddingKind padding, int coordinate, int size) =>
        padding == PaddingKind.Circular ? (coordinate % size + size) % size : Reflection.Inside(coordinate, size);
}

/// <summary>Mirrored coordinates.</summary>
internal static class Reflection
{
    /// <summary>The coordinate inside <c>0 .. size - 1</c> that stands for any other: mirrored at the ends as often as needed.</summary>
    public static int Inside(int coordinate, int size)
    {
        if ((uint)coordinate < (uint)size)
            return coordinate;
        if (size == 1)
            return 0;
        int period = 2 * (size - 1), position = (coordinate % period + period) % period;
        return position < size ? position : period - position;
    }
}
