namespace Pastiche.Losses;

/// <summary>
/// How far the moments of features are from a painting's. The losses read the moments off a map, all of it or a region, and take the
/// gradient back to it: style losses differ in nothing but the distance.
/// </summary>
internal interface IStyleDistance
{
    /// <summary>What a sum over pixels of products of two channels is divided by.</summary>
    /// <param name="pixels">How many pixels the sum is worth.</param>
    double DivisorOf(double pixels);

    /// <summary>The Gram matrix, <c>[c, c]</c>, to be filled in before <see cref="Evaluate"/>, which may overwrite it.</summary>
    float[] Gram { get; }

    /// <summary>The mean of each channel, <c>[c]</c>, to be filled in, too; <c>null</c> when only the Gram matrix counts.</summary>
    double[]? Mean { get; }

    /// <summary>The distance; at least zero.</summary>
    double Evaluate();

    /// <summary>The derivatives, once after each <see cref="Evaluate"/>.</summary>
    /// <param name="factor">What the derivative with respect to the Gram matrix is multiplied with.</param>
    /// <param name="meanFactor">What the derivative with respect to the mean is multiplied with.</param>
    MomentSlopes Slopes(double factor, double meanFactor);
}

/// <summary>Derivatives with respect to moments.</summary>
/// <param name="Gram">With respect to the Gram matrix, <c>[c, c]</c>, symmetric.</param>
/// <param name="Mean">With respect to the mean, <c>[c]</c>; <c>null</c> when it does not count.</param>
internal readonly record struct MomentSlopes(float[] Gram, double[]? Mean);
