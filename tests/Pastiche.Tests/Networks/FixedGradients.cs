using Pastiche.Compute;
using Pastiche.Networks;

namespace Pastiche.Tests.Networks;

/// <summary>Adds given gradients at the taps, as a ReLU lets them through.</summary>
internal sealed class FixedGradients(IReadOnlyDictionary<Tap, float[]> gradients) : ITapGradients
{
    public void AddGradient(Tap tap, FeatureMap features, FeatureMap gradient)
    {
        if (!gradients.TryGetValue(tap, out float[]? added))
            return;
        float[] kept = features.ToPlanes(), sum = gradient.ToPlanes();
        for (int i = 0; i < sum.Length; i++)
            sum[i] += tap.IsRectified && kept[i] <= 0 ? 0 : added[i];
        gradient.CopyFromPlanes(sum);
    }
}
