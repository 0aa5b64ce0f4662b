namespace Pastiche.Models;

/// <summary>The type of a stored number.</summary>
/// <param name="Name">Its name in the safetensors format: <c>F32</c>, <c>BF16</c>.</param>
/// <param name="Bytes">Bytes that one number takes.</param>
internal sealed record ElementType(string Name, int Bytes)
{
    /// <summary>IEEE 754 single precision.</summary>
    public static ElementType Float32 { get; } = new("F32", 4);

    /// <summary>IEEE 754 half precision.</summary>
    public static ElementType Float16 { get; } = new("F16", 2);

    /// <summary>The upper half of a single-precision number.</summary>
    public static ElementType BFloat16 { get; } = new("BF16", 2);

    /// <summary>Signed 64-bit integer: counters in a state dictionary, which are skipped.</summary>
    public static ElementType Int64 { get; } = new("I64", 8);

    /// <summary>Every type that a file may declare; only the first three can be read.</summary>
    public static IReadOnlyList<ElementType> All { get; } =
    [
        Float32, Float16, BFloat16, Int64,
        new("F64", 8), new("U64", 8), new("I32", 4), new("U32", 4), new("I16", 2), new("U16", 2), new("I8", 1), new("U8", 1),
        new("BOOL", 1), new("F8_E4M3", 1), new("F8_E5M2", 1),
    ];

    /// <summary>Whether its numbers can be read as <see cref="float"/>.</summary>
    public bool IsReadable => this == Float32 || this == Float16 || this == BFloat16;

    /// <summary>The type of that name, or <c>null</c>.</summary>
    public static ElementType? Find(string? name) => All.FirstOrDefault(type => type.Name == name);
}
