using Pastiche.Compute;

namespace Pastiche.Training;

/// <summary>
/// How far a decoded picture is from the original: the logarithm of the mean squared error, which is its peak signal-to-noise
/// ratio but for a factor, so that each decibel counts the same at every level and in every picture.
/// </summary>
internal static unsafe class PixelLoss
{
    // Below -60 dB there is nothing left to gain: half a step of an 8-bit picture is -54 dB.
    private const double Floor = 1e-6;

    /// <summary>The mean squared error; sets the gradient of <c>weight * ln(error)</c>.</summary>
    /// <param name="picture">The decoded picture <c>[3, side, side]</c>.</param>
    /// <param name="planes">The original.</param>
    /// <param name="weight">The loss's weight.</param>
    /// <param name="gradient">Receives the gradient with respect to the decoded picture.</param>
    public static double Evaluate(FeatureMap picture, ReadOnlySpan<float> planes, double weight, FeatureMap gradient)
    {
        gradient.Reshape(picture.Channels, picture.Height, picture.Width);
        gradient.Clear();
        double sum = 0;
        for (int i = 0, row = 0; row < picture.Channels * picture.Height; row++)
        {
            (int channel, int y) = Math.DivRem(row, picture.Height);
            float* source = picture.Pixel(0, y, 0) + channel, target = gradient.Pixel(0, y, 0) + channel;
            for (int x = 0; x < picture.Width * FeatureMap.BlockSize; x += FeatureMap.BlockSize, i++)
            {
                float difference = source[x] - planes[i];
                target[x] = difference;
                sum += (double)difference * difference;
            }
        }
        double error = sum / planes.Length;
        Scale(gradient, (float)(2 * weight / planes.Length / (error + Floor)));
        return error;
    }

    /// <summary>The peak signal-to-noise ratio in decibels.</summary>
    public static double Decibels(double error) => -10 * Math.Log10(error + Floor);

    private static void Scale(FeatureMap map, float factor)
    {
        for (int y = 0; y < map.Height; y++)
        {
            var row = new Span<float>(map.Pixel(0, y, 0), map.Width * FeatureMap.BlockSize);
            System.Numerics.Tensors.TensorPrimitives.Multiply(row, factor, row);
        }
    }
}
