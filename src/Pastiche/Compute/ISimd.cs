namespace Pastiche.Compute;

/// <summary>
/// A vector of floats of one width. Kernels are written once over this interface and compiled for each width: the JIT
/// specialises generics over structs, so every call below becomes one instruction.
/// </summary>
internal unsafe interface ISimd<TSelf> where TSelf : struct, ISimd<TSelf>
{
    /// <summary>Floats in the vector: 16, 8 or 4, a divisor of <see cref="FeatureMap.BlockSize"/>.</summary>
    static abstract int Count { get; }

    /// <summary>Rows of the register tile of <see cref="GemmKernel{TSimd}"/> that leave no accumulator in memory.</summary>
    static abstract int GemmRows { get; }

    static abstract TSelf Zero { get; }

    static abstract TSelf Broadcast(float value);

    /// <summary>Loads from an address that is a multiple of the vector's size.</summary>
    static abstract TSelf Load(float* address);

    /// <summary>Stores to an address that is a multiple of the vector's size.</summary>
    static abstract void Store(TSelf value, float* address);

    static abstract TSelf operator +(TSelf left, TSelf right);

    static abstract TSelf operator -(TSelf left, TSelf right);

    static abstract TSelf operator *(TSelf left, TSelf right);

    /// <summary><c>left * right + addend</c>, fused where the machine can.</summary>
    static abstract TSelf MultiplyAdd(TSelf left, TSelf right, TSelf addend);

    static abstract TSelf Max(TSelf left, TSelf right);

    static abstract float Sum(TSelf value);

    /// <summary>Bit <c>i</c> tells whether lane <c>i</c> is greater than zero.</summary>
    static abstract uint PositiveBits(TSelf value);

    /// <summary>Bit <c>i</c> tells whether lane <c>i</c> is equal in both.</summary>
    static abstract uint EqualBits(TSelf left, TSelf right);

    /// <summary>The value in the lanes in which the other is greater than zero, zero elsewhere.</summary>
    static abstract TSelf KeepWherePositive(TSelf other, TSelf value);

    /// <summary>The value where bit <c>i</c> is set, zero elsewhere.</summary>
    static abstract TSelf Keep(uint bits, TSelf value);
}
