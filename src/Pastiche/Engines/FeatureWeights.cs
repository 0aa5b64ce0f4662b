using System.Numerics.Tensors;
using Pastiche.Imaging;
using Pastiche.Regions;

namespace Pastiche.Engines;

/// <summary>How much the pixels of a feature map count in its statistics.</summary>
internal static class FeatureWeights
{
    /// <summary>The mean opacity of the pixels that a feature stands for; poolings drop an odd last row or column.</summary>
    /// <param name="picture">The picture. Where nothing of it is visible, all of it counts.</param>
    /// <param name="halvings">Poolings between the picture and the features.</param>
    /// <param name="shares">How much of each pixel counts besides its opacity, <c>[Height, Width]</c>; <c>null</c>: all of it.</param>
    /// <returns><c>[height >> halvings, width >> halvings]</c>, 0 to 1; <c>null</c> when all count.</returns>
    public static float[]? Of(Picture picture, int halvings, float[]? shares = null)
    {
        if (picture.Alpha is not { } alpha || alpha.All(value => value >= 1))
            return shares is null || shares.All(share => share >= 1) ? null : Reduce(shares);
        float[] opacity = new float[alpha.Length];
        TensorPrimitives.Clamp(alpha, 0f, 1f, opacity);
        if (shares is not null)
            TensorPrimitives.Multiply(opacity, shares, opacity);
        float[] weights = Reduce(opacity);
        return weights.Any(weight => weight > 0) ? weights : shares is null ? null : Reduce(shares);

        float[] Reduce(float[] values) => MaskPyramid.Reduce(values, picture.Height, picture.Width, halvings);
    }

    /// <summary>What is visible of a picture, in pixels; all of it where nothing is.</summary>
    public static double VisibleArea(Picture picture) =>
        picture.Alpha?.Sum(alpha => (double)Math.Clamp(alpha, 0, 1)) is > 0 and { } area ? area : (double)picture.Width * picture.Height;
}
