using System.Diagnostics.CodeAnalysis;

namespace Pastiche.Networks;

/// <summary>
/// A named place of VGG-19 where features are read and a gradient may be added: <c>conv3_4</c> is what the fourth convolution
/// of block 3 gives, <c>relu3_4</c> what is left of it after the ReLU.
/// </summary>
/// <param name="Convolution">The convolution's number from the image, from 0.</param>
/// <param name="IsRectified">Whether the features are those after the ReLU.</param>
internal readonly record struct Tap(int Convolution, bool IsRectified) : IComparable<Tap>
{
    /// <summary>All taps in order from the image.</summary>
    public static IReadOnlyList<Tap> All { get; } =
        [.. from convolution in Enumerable.Range(0, Vgg19.Names.Count)
            from isRectified in new[] { false, true }
            select new Tap(convolution, isRectified)];

    /// <summary>The number of 2x2 poolings between the image and the tap.</summary>
    public int Poolings => Vgg19.BlockOf(Convolution);

    /// <summary>Reads a name such as <c>relu4_2</c>.</summary>
    public static bool TryParse(string? name, [NotNullWhen(true)] out Tap? tap)
    {
        int index = All.ToList().FindIndex(candidate => candidate.ToString() == name);
        tap = index < 0 ? null : All[index];
        return tap is not null;
    }

    /// <summary>Reads a name such as <c>relu4_2</c>.</summary>
    /// <exception cref="InvalidInputException">There is no such tap.</exception>
    public static Tap Parse(string name) => TryParse(name, out Tap? tap)
        ? tap.Value
        : throw new InvalidInputException($"layer '{name}' is unknown; allowed: {AllowedNames}");

    /// <summary>The allowed names, for messages.</summary>
    public static string AllowedNames => "conv1_1 to conv5_4 (before the ReLU) and relu1_1 to relu5_4 (after it)";

    public int CompareTo(Tap other) => (Convolution, IsRectified).CompareTo((other.Convolution, other.IsRectified));

    public override string ToString()
    {
        string name = Vgg19.Names[Convolution];
        return IsRectified ? name.Replace("conv", "relu", StringComparison.Ordinal) : name;
    }
}
