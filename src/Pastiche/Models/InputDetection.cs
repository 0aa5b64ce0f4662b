using Pastiche.Networks;

namespace Pastiche.Models;

/// <summary>
/// Finds out what input a weights file expects. It matters: the papers' weights fed with torchvision's input, or the other way
/// round, give features that look plausible and are wrong. The papers' names for the layers (<c>conv1_1</c>) count as ground for the
/// papers' input, torchvision's names (<c>features.0</c>) for none, since the papers' weights are published under them too; a file that
/// gives no ground is refused until its user says which it is.
/// </summary>
/// <remarks>
/// The size of the first layer's weights would be no ground: the papers' network takes inputs of about ±100 and torchvision's
/// about ±2, and yet the largest weights of their first layers are 0.65 and at least 0.96. Training kept the scale at which
/// they were initialised. So the two published networks are recognised by their first filter instead.
/// </remarks>
internal static class InputDetection
{
    /// <summary>The metadata key under which this program records the convention's name.</summary>
    public const string MetadataKey = "pastiche.input";

    // The first 3x3 filter (first output, first input channel) of the published networks.
    private static readonly (InputConvention Convention, float[] Filter)[] FirstFilters =
    [
        (InputConvention.Caffe, [0.341195f, 0.339992f, -0.044844f, 0.232159f, 0.089782f, -0.303314f, -0.072609f, -0.246675f, -0.336833f]),
        (InputConvention.Torchvision, [-0.053474f, -0.049257f, -0.067942f, 0.015314f, 0.045068f, 0.0021444f, 0.036226f, 0.019999f, 0.019864f]),
    ];

    // The published files carry the beginning of their SHA-256 in their names.
    private static readonly (InputConvention Convention, string Mark)[] FileNames =
    [
        (InputConvention.Torchvision, "vgg19-dcbb9e9d"), (InputConvention.Caffe, "vgg19-d01eb7cb"), (InputConvention.Caffe, "vgg19-74e45263"),
    ];

    // Room for rounding to half precision.
    private const float Tolerance = 3e-4f;

    /// <summary>Finds the convention of a file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="firstKernel">The weights of its first convolution, <c>[outputs, 3, 3, 3]</c>.</param>
    /// <param name="ownNames">Whether it uses the papers' names (<c>conv1_1</c>) and not torchvision's.</param>
    /// <exception cref="InvalidInputException">Nothing tells which convention it is.</exception>
    public static InputConvention Find(TensorFile file, ReadOnlySpan<float> firstKernel, bool ownNames) =>
        FromMetadata(file)
        ?? FromFirstFilter(firstKernel)
        ?? FromFileName(file.Path)
        ?? (ownNames ? InputConvention.Caffe : null)
        ?? throw new InvalidInputException(
            $"{file.Path}: does not say which input its network expects; import it with --input caffe (BGR, 0..255) or --input torchvision (RGB, normalised)");

    /// <summary>The convention of that name.</summary>
    /// <exception cref="InvalidInputException">There is none.</exception>
    public static InputConvention Parse(string name) =>
        InputConvention.All.FirstOrDefault(convention => convention.Name == name)
        ?? throw new InvalidInputException(
            $"input convention {Printable.Shorten(name)} is unknown; known are {string.Join(", ", ModelStore.InputConventions)}");

    /// <summary>The convention that the file's metadata names; <c>null</c> when it names none.</summary>
    /// <exception cref="InvalidInputException">It names one that is unknown.</exception>
    public static InputConvention? FromMetadata(TensorFile file)
    {
        if (file.Metadata.TryGetValue(MetadataKey, out string? name))
            return InputConvention.All.FirstOrDefault(convention => convention.Name == name)
                ?? throw new InvalidInputException($"{file.Path}: {MetadataKey} is {Printable.Shorten(name)}; known are {string.Join(", ", ModelStore.InputConventions)}");
        if (!file.Metadata.TryGetValue("input", out string? text))
            return null;
        if (text.StartsWith("BGR", StringComparison.OrdinalIgnoreCase) && text.Contains("255", StringComparison.Ordinal))
            return InputConvention.Caffe;
        return text.StartsWith("RGB", StringComparison.OrdinalIgnoreCase) && text.Contains("0.485", StringComparison.Ordinal)
            ? InputConvention.Torchvision
            : null;
    }

    /// <summary>Which of the two published networks a first kernel belongs to, by its first filter; <c>null</c> for neither.</summary>
    public static InputConvention? FromFirstFilter(ReadOnlySpan<float> kernel)
    {
        foreach ((InputConvention convention, float[] filter) in FirstFilters)
        {
            bool same = true;
            for (int i = 0; i < filter.Length; i++)
                same &= MathF.Abs(kernel[i] - filter[i]) <= Tolerance;
            if (same)
                return convention;
        }
        return null;
    }

    private static InputConvention? FromFileName(string path)
    {
        string name = Path.GetFileName(path);
        return FileNames.FirstOrDefault(known => name.Contains(known.Mark, StringComparison.OrdinalIgnoreCase)).Convention;
    }
}
