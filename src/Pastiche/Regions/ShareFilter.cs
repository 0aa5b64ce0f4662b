namespace Pastiche.Regions;

/// <summary>
/// The weights with which a line of shares is brought to another length: the mean over the stretch that a sample covers, or, where
/// samples are added, straight lines between them. Unlike a Lanczos kernel's, all weights are positive: no share appears where
/// none was, and shares that sum to 1 still do.
/// </summary>
internal sealed class ShareFilter
{
    private readonly int[] _first;       // [output]: the first input sample that counts
    private readonly float[][] _weights; // [output][tap]
    private readonly int _inputLength;

    /// <summary>Computes the weights.</summary>
    /// <param name="inputLength">Samples given.</param>
    /// <param name="outputLength">Samples wanted.</param>
    public ShareFilter(int inputLength, int outputLength)
    {
        _inputLength = inputLength;
        _first = new int[outputLength];
        _weights = new float[outputLength][];
        double scale = (double)inputLength / outputLength;
        for (int output = 0; output < outputLength; output++)
            (_first[output], _weights[output]) = scale > 1 ? Cover(output * scale, (output + 1) * scale) : Between(((output + 0.5) * scale) - 0.5);
    }

    /// <summary>Brings the rows of a plane to the wanted length.</summary>
    /// <param name="plane"><c>[height, inputLength]</c>.</param>
    /// <param name="height">Rows.</param>
    /// <returns><c>[outputLength, height]</c>: transposed, so that the other direction is done by the same loop.</returns>
    public float[] FilterRows(float[] plane, int height)
    {
        var result = new float[_first.Length * height];
        for (int y = 0; y < height; y++)
        {
            ReadOnlySpan<float> row = plane.AsSpan(y * _inputLength, _inputLength);
            for (int output = 0; output < _first.Length; output++)
            {
                float[] weights = _weights[output];
                float sum = 0;
                for (int tap = 0; tap < weights.Length; tap++)
                    sum += row[_first[output] + tap] * weights[tap];
                result[output * height + y] = sum;
            }
        }
        return result;
    }

    private (int First, float[] Weights) Cover(double start, double end)
    {
        int first = (int)start, last = Math.Min(_inputLength, (int)Math.Ceiling(end - 1e-9));
        var weights = new float[last - first];
        for (int i = 0; i < weights.Length; i++)
            weights[i] = (float)((Math.Min(end, first + i + 1) - Math.Max(start, first + i)) / (end - start));
        return (first, weights);
    }

    private (int First, float[] Weights) Between(double centre)
    {
        double inside = Math.Clamp(centre, 0, _inputLength - 1);
        int first = Math.Min((int)inside, Math.Max(0, _inputLength - 2));
        var share = (float)(inside - first);
        return share == 0 ? (first, [1]) : (first, [1 - share, share]);
    }
}
