using Pastiche.Compute;
using Pastiche.Networks;

namespace Pastiche.Training;

/// <summary>
/// The teacher's judgement of a picture: the squared difference of its features from those of another picture, at several taps,
/// each as a share of the other's variance (Johnson, Alahi and Li, arXiv 1603.08155, "feature reconstruction").
/// </summary>
internal sealed class TeacherComparison : ITapGradients, IDisposable
{
    private readonly FeatureNetwork _teacher;
    private readonly IFeatureProducts _products;
    private readonly Dictionary<Tap, FeatureMap> _references = [];
    private readonly Dictionary<Tap, double> _factors = [];

    /// <summary>Builds the teacher.</summary>
    /// <param name="teacher">Its weights, at the common scale.</param>
    /// <param name="taps">The taps to compare at.</param>
    /// <param name="compute">What to compute with; stays the caller's.</param>
    public TeacherComparison(NetworkWeights teacher, IEnumerable<Tap> taps, NetworkCompute compute)
    {
        foreach (Tap tap in taps)
            _references[tap] = new FeatureMap();
        (_teacher, _products) = (new FeatureNetwork(teacher, _references.Keys, PoolingKind.Max, compute), compute.Products);
    }

    /// <summary>Takes the picture that others are compared with.</summary>
    public void TakeReference(ReadOnlySpan<float> planes, int height, int width)
    {
        _teacher.Forward(planes, height, width);
        foreach ((Tap tap, FeatureMap reference) in _references)
        {
            reference.CopyFrom(_teacher[tap]);
            _factors[tap] = 1 / FeatureVariance.AroundOne(reference);
        }
    }

    /// <summary>Compares a picture.</summary>
    /// <param name="planes">The picture <c>[3, height, width]</c>.</param>
    /// <param name="height">Its height.</param>
    /// <param name="width">Its width.</param>
    /// <param name="gradient">Receives the gradient <c>[3, height, width]</c>.</param>
    /// <returns>The mean over the taps.</returns>
    public double Evaluate(ReadOnlySpan<float> planes, int height, int width, Span<float> gradient)
    {
        _teacher.Forward(planes, height, width);
        double sum = 0;
        foreach ((Tap tap, FeatureMap reference) in _references)
            sum += _factors[tap] * _products.SquaredDistance(_teacher[tap], reference);
        _teacher.Backward(this, gradient);
        return sum / _references.Count;
    }

    public void Dispose()
    {
        _teacher.Dispose();
        foreach (FeatureMap map in _references.Values)
            map.Dispose();
    }

    void ITapGradients.AddGradient(Tap tap, FeatureMap features, FeatureMap gradient)
    {
        if (_references.TryGetValue(tap, out FeatureMap? reference))
        {
            var factor = (float)(2 * _factors[tap] / _references.Count);
            _products.AddDifference(factor, features, reference, gradient, onlyPositive: tap.IsRectified);
        }
    }
}
