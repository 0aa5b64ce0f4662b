using System.Numerics.Tensors;

namespace Pastiche.Imaging;

/// <summary>
/// The weights with which a line of samples is resampled to another length: a Lanczos-3 kernel, stretched by the factor of a
/// reduction, cut off at the borders and normalised. Pixel centres are aligned, as if both lines covered the same interval.
/// </summary>
internal sealed class LanczosFilter
{
    private const int Lobes = 3;

    private readonly int[] _first;       // [output]: the first input sample that counts
    private readonly float[][] _weights; // [output][tap]

    /// <summary>Computes the weights.</summary>
    /// <param name="inputLength">Samples given.</param>
    /// <param name="outputLength">Samples wanted.</param>
    public LanczosFilter(int inputLength, int outputLength)
    {
        (InputLength, OutputLength) = (inputLength, outputLength);
        _first = new int[outputLength];
        _weights = new float[outputLength][];

        double scale = (double)inputLength / outputLength;
        double stretch = Math.Max(1, scale);
        for (int output = 0; output < outputLength; output++)
        {
            double centre = ((output + 0.5) * scale) - 0.5;
            int first = Math.Max(0, (int)Math.Ceiling(centre - (Lobes * stretch)));
            int last = Math.Min(inputLength - 1, (int)Math.Floor(centre + (Lobes * stretch)));
            var taps = new double[last - first + 1];
            for (int tap = 0; tap < taps.Length; tap++)
                taps[tap] = Kernel((first + tap - centre) / stretch);

            double sum = taps.Sum();
            _first[output] = first;
            _weights[output] = Array.ConvertAll(taps, weight => (float)(weight / sum));
        }
    }

    /// <summary>Samples given.</summary>
    public int InputLength { get; }

    /// <summary>Samples wanted.</summary>
    public int OutputLength { get; }

    /// <summary>Resamples one row.</summary>
    /// <param name="row">The row <c>[InputLength]</c>.</param>
    /// <param name="result">Receives <c>[OutputLength]</c>.</param>
    public void FilterRow(ReadOnlySpan<float> row, Span<float> result)
    {
        for (int output = 0; output < OutputLength; output++)
        {
            float[] weights = _weights[output];
            ReadOnlySpan<float> samples = row.Slice(_first[output], weights.Length);
            float sum = 0;
            for (int tap = 0; tap < weights.Length; tap++)
                sum += samples[tap] * weights[tap];
            result[output] = sum;
        }
    }

    /// <summary>Computes one row of a plane that is resampled in height.</summary>
    /// <param name="plane">The plane <c>[InputLength, width]</c>.</param>
    /// <param name="width">The plane's width.</param>
    /// <param name="output">The row wanted, from 0 to <see cref="OutputLength"/> - 1.</param>
    /// <param name="result">Receives <c>[width]</c>.</param>
    public void MixRows(ReadOnlySpan<float> plane, int width, int output, Span<float> result)
    {
        result.Clear();
        float[] weights = _weights[output];
        for (int tap = 0; tap < weights.Length; tap++)
            TensorPrimitives.MultiplyAdd(plane.Slice((_first[output] + tap) * width, width), weights[tap], result, result);
    }

    private static double Kernel(double x) => Math.Abs(x) < Lobes ? Sinc(x) * Sinc(x / Lobes) : 0;

    private static double Sinc(double x) => x == 0 ? 1 : Math.Sin(Math.PI * x) / (Math.PI * x);
}
