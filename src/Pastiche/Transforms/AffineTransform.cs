using Pastiche.Compute;

namespace Pastiche.Transforms;

/// <summary>What all transforms of features are: <c>F' = M F + b</c> at every pixel.</summary>
/// <param name="Matrix">M, <c>[channels, channels]</c>.</param>
/// <param name="Offset">b, <c>[channels]</c>.</param>
internal sealed record AffineTransform(double[] Matrix, double[] Offset)
{
    /// <summary>Channels.</summary>
    public int Channels => Offset.Length;

    /// <summary>The transform <c>F' = M (F - content's mean) + style's mean</c>.</summary>
    public static AffineTransform Between(double[] matrix, FeatureStatistics content, FeatureStatistics style)
    {
        int channels = content.Channels;
        var offset = new double[channels];
        for (int i = 0; i < channels; i++)
            offset[i] = style.Mean[i] - SpanMath.Dot(matrix.AsSpan(i * channels, channels), content.Mean);
        return new AffineTransform(matrix, offset);
    }

    /// <summary>
    /// The weighted mean of transforms: applied to features, it gives the weighted mean of what each gives (the paper's blend of
    /// several styles).
    /// </summary>
    /// <param name="transforms">At least one, of the same channels.</param>
    /// <param name="weights">Their shares; not negative, divided by their sum, which is positive.</param>
    public static AffineTransform Mix(IReadOnlyList<AffineTransform> transforms, IReadOnlyList<double> weights)
    {
        double sum = weights.Sum();
        var matrix = new double[transforms[0].Matrix.Length];
        var offset = new double[transforms[0].Channels];
        for (int i = 0; i < transforms.Count; i++)
        {
            SpanMath.AddScaled(matrix, weights[i] / sum, transforms[i].Matrix);
            SpanMath.AddScaled(offset, weights[i] / sum, transforms[i].Offset);
        }
        return new AffineTransform(matrix, offset);
    }

    /// <summary>The transform <c>alpha * (M F + b) + (1 - alpha) * F</c>.</summary>
    /// <param name="alpha">Strength, 0 (the identity) to 1 (this transform).</param>
    public AffineTransform WithStrength(double alpha)
    {
        var matrix = new double[Matrix.Length];
        SpanMath.AddScaled(matrix, alpha, Matrix);
        for (int i = 0; i < Channels; i++)
            matrix[i * Channels + i] += 1 - alpha;
        return new AffineTransform(matrix, [.. Offset.Select(value => alpha * value)]);
    }

    /// <summary>Transforms every pixel.</summary>
    /// <param name="source">F, <c>[channels, height, width]</c>.</param>
    /// <param name="target">Receives F'; may be the source.</param>
    /// <param name="convolution">What to compute with; it takes the matrix over.</param>
    /// <param name="pool">The threads.</param>
    public void Apply(FeatureMap source, FeatureMap target, IPointwiseConvolution convolution, WorkerPool pool)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(source.Channels, Channels, nameof(source));
        Load(convolution);
        convolution.Run(source, target, pool);
    }

    /// <summary>Gives the transform to a convolution, to be run over any number of maps.</summary>
    public void Load(IPointwiseConvolution convolution) => convolution.Load(
        Array.ConvertAll(Matrix, value => (float)value), Channels, Channels, Array.ConvertAll(Offset, value => (float)value), transposed: false);
}
