using Pastiche.Benchmarks.Paintings;
using Pastiche.Engines;
using Pastiche.Imaging;
using Pastiche.Networks;

namespace Pastiche.Benchmarks.Peers;

/// <summary>
/// The very objective of neural-style-pt: 100 times the mean squared difference of Gram matrices (divided by their elements) of raw
/// features, 5 times that of features at relu4_2, 0.001 times the sum of absolute differences of neighbours in units of 1/255.
/// </summary>
internal sealed class NeuralStyleJudge(Picture content, Picture style, NetworkWeights weights, NetworkCompute compute) : IPeerJudge
{
    private const double VariationWeight = 1e-3, White = 255;

    private readonly ObjectiveJudge _judge = new(Objective with { TotalVariationWeight = 0 }, weights, compute);

    /// <summary>
    /// Our settings for the same function. Its total variation is of absolute differences, ours of squares: ours has the weight that gives
    /// differences of 1/20 the same pull at 512 x 512. It has no margin: at the border, its features are of a picture padded with zeros.
    /// </summary>
    public static GatysOptions Objective { get; } =
        GatysOptions.Gram with { RawFeatures = true, StyleWeight = 100, ContentWeight = 5, TotalVariationWeight = 2e6, Margin = 0 };

    public IReadOnlyList<string> Names { get; } = ["its total loss"];

    public double[] Judge(Picture picture) =>
        [_judge.Judge(content, style, [picture]).Single().Values.Sum() + VariationWeight * White * Variation(picture)];

    public void Dispose() => _judge.Dispose();

    private static double Variation(Picture picture)
    {
        double sum = 0;
        for (int row = 0; row < 3 * picture.Height; row++)
        {
            ReadOnlySpan<float> line = picture.Planes.AsSpan(row * picture.Width, picture.Width);
            ReadOnlySpan<float> below = row % picture.Height == picture.Height - 1 ? line : picture.Planes.AsSpan((row + 1) * picture.Width, picture.Width);
            for (int x = 0; x < line.Length; x++)
                sum += Math.Abs(line[Math.Min(x + 1, line.Length - 1)] - line[x]) + Math.Abs(below[x] - line[x]);
        }
        return sum;
    }
}
