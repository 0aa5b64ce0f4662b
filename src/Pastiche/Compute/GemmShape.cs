namespace Pastiche.Compute;

/// <summary>
/// The sizes of a product that <see cref="GemmKernel{TSimd}"/> computes: groups of rows that follow one another, each with all
/// of its inner indices and columns in blocks of sixteen.
/// </summary>
/// <param name="Rows">Rows of a group, 1 to <c>TSimd.GemmRows</c>; 16 floats apart in the left operand and in the result.</param>
/// <param name="Blocks">Blocks of 16 inner indices.</param>
internal readonly record struct GemmShape(int Rows, int Blocks)
{
    /// <summary>Floats between two blocks of inner indices of the left operand.</summary>
    public required nint BlockStride { get; init; }

    /// <summary>Floats between the two column blocks of the result.</summary>
    public required nint ResultBlockStride { get; init; }

    /// <summary>Groups of rows; the right operand is the same for all.</summary>
    public int Groups { get; init; } = 1;

    /// <summary>Floats between two groups of the left operand.</summary>
    public nint GroupStride { get; init; }

    /// <summary>Floats between two groups of the result.</summary>
    public nint ResultGroupStride { get; init; }

    /// <summary>Whether only the first column block is wanted; the second one is neither computed nor written.</summary>
    public bool IsHalf { get; init; }

    /// <summary>Whether the result is added to or overwritten.</summary>
    public bool Accumulate { get; init; }
}
