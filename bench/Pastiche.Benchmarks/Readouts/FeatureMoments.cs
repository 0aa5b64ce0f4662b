using System.Numerics.Tensors;
using Pastiche.Compute;

namespace Pastiche.Benchmarks.Readouts;

/// <summary>
/// Sums over pixels from which a linear map between two networks' features follows, and how well it does: of x, of y, of x x',
/// of x y' and of the squares of y. In double precision throughout.
/// </summary>
/// <param name="inputs">Channels of x.</param>
/// <param name="outputs">Channels of y.</param>
internal sealed class FeatureMoments(int inputs, int outputs)
{
    // So many pixels of all channels stay in a core's cache while every pair of channels is multiplied.
    private const int ChunkPixels = 512;

    private readonly double[] _sumX = new double[inputs], _sumY = new double[outputs], _squaresY = new double[outputs];
    private readonly double[,] _xx = new double[inputs, inputs], _xy = new double[inputs, outputs];
    private long _pixels;

    public int Inputs => inputs;

    public int Outputs => outputs;

    /// <summary>Adds all pixels of a picture.</summary>
    /// <param name="x">The features x, <c>[inputs, h, w]</c>.</param>
    /// <param name="y">The features y, <c>[outputs, h, w]</c>.</param>
    /// <param name="pool">The threads to do it with.</param>
    public void Add(FeatureMap x, FeatureMap y, WorkerPool pool)
    {
        if ((x.Channels, y.Channels) != (inputs, outputs) || (x.Height, x.Width) != (y.Height, y.Width))
            throw new ArgumentException($"[{x.Channels}, {x.Height}, {x.Width}] and [{y.Channels}, {y.Height}, {y.Width}] do not fit", nameof(x));
        int pixels = x.Height * x.Width;
        double[] xs = ToDouble(x), ys = ToDouble(y);
        for (int start = 0; start < pixels; start += ChunkPixels)
        {
            int first = start, count = Math.Min(ChunkPixels, pixels - start);
            pool.Run(inputs, (i, _) =>
            {
                ReadOnlySpan<double> own = Chunk(xs, i);
                _sumX[i] += TensorPrimitives.Sum(own);
                for (int j = 0; j < inputs; j++)
                    _xx[i, j] += TensorPrimitives.Dot(own, Chunk(xs, j));
                for (int j = 0; j < outputs; j++)
                    _xy[i, j] += TensorPrimitives.Dot(own, Chunk(ys, j));
            });
            for (int j = 0; j < outputs; j++)
            {
                _sumY[j] += TensorPrimitives.Sum(Chunk(ys, j));
                _squaresY[j] += TensorPrimitives.SumOfSquares(Chunk(ys, j));
            }

            ReadOnlySpan<double> Chunk(double[] values, int channel) => values.AsSpan(channel * pixels + first, count);
        }
        _pixels += pixels;
    }

    /// <summary>The mean of a channel of x.</summary>
    public double MeanX(int i) => _sumX[i] / _pixels;

    /// <summary>The mean of a channel of y.</summary>
    public double MeanY(int j) => _sumY[j] / _pixels;

    /// <summary>The covariance of two channels of x.</summary>
    public double CovarianceX(int i, int j) => _xx[i, j] / _pixels - MeanX(i) * MeanX(j);

    /// <summary>The covariance of a channel of x and one of y.</summary>
    public double CovarianceXY(int i, int j) => _xy[i, j] / _pixels - MeanX(i) * MeanY(j);

    /// <summary>The variance of a channel of y.</summary>
    public double VarianceY(int j) => _squaresY[j] / _pixels - MeanY(j) * MeanY(j);

    private static double[] ToDouble(FeatureMap map) => Array.ConvertAll(map.ToPlanes(), value => (double)value);
}
