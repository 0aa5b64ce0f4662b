using Pastiche.Compute;
using Pastiche.Losses;

namespace Pastiche.Tests.Losses;

/// <summary>Losses that are read in bands, for features in one piece.</summary>
internal static class WholeMaps
{
    public static double Evaluate(this ITapLoss loss, FeatureMap features) => loss.Evaluate(features);

    public static void AddGradient(this ITapLoss loss, FeatureMap features, FeatureMap gradient) => loss.AddGradient(features, gradient);
}
