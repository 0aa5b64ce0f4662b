namespace Pastiche.Compute;

/// <summary>What a convolution sees beyond the border.</summary>
public enum PaddingKind
{
    /// <summary>Zeros, as VGG-19 was trained. In a picture they mean a frame of the mean colour, which can leave a trace.</summary>
    Zero,

    /// <summary>The pixels inside the border, mirrored at the outermost one.</summary>
    Reflection,
}

/// <summary>Mirrored coordinates.</summary>
internal static class Reflection
{
    /// <summary>The coordinate inside <c>0 .. size - 1</c> that stands for one at most a pixel outside.</summary>
    public static int Inside(int coordinate, int size) => size == 1 ? 0
        : coordinate < 0 ? -coordinate
        : coordinate >= size ? 2 * (size - 1) - coordinate
        : coordinate;
}
