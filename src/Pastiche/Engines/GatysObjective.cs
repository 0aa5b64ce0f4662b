using Pastiche.Compute;
using Pastiche.Losses;
using Pastiche.Networks;

namespace Pastiche.Engines;

/// <summary>The function of a picture that style transfer by optimisation makes small: alpha * content + beta * style + variation.</summary>
internal sealed class GatysObjective(
    StripNetwork network, IReadOnlyList<ITapLoss> losses, TotalVariationLoss? variation, int height, int width) : IBandReader
{
    private readonly ILookup<Tap, ITapLoss> _losses = losses.ToLookup(loss => loss.Tap);
    private readonly ILookup<Tap, IBandLoss> _bandLosses =
        losses.Where(loss => network.IsRead(loss.Tap)).Cast<IBandLoss>().ToLookup(loss => loss.Tap);

    /// <summary>The weighted parts of the last value by name.</summary>
    public IReadOnlyDictionary<string, double> Terms { get; private set; } = new Dictionary<string, double>();

    /// <summary>The value and its gradient.</summary>
    /// <param name="planes">The picture <c>[3, height, width]</c>.</param>
    /// <param name="gradient">Receives the gradient <c>[3, height, width]</c>.</param>
    public double Evaluate(ReadOnlySpan<float> planes, Span<float> gradient)
    {
        var terms = new Dictionary<string, double>(losses.Count + 1);
        foreach (IBandLoss loss in _bandLosses.SelectMany(group => group))
            loss.Begin();
        network.Forward(planes, height, width, this);
        foreach (ITapLoss loss in losses)
            terms[loss.Name] = network.IsRead(loss.Tap) ? ((IBandLoss)loss).Evaluate() : loss.Evaluate(network[loss.Tap]);
        network.Backward(this, planes, gradient);
        if (variation is not null)
            terms[TotalVariationLoss.Name] = variation.Evaluate(planes, height, width, gradient);
        Terms = terms;
        return terms.Values.Sum();
    }

    void ITapGradients.AddGradient(Tap tap, FeatureMap features, FeatureMap gradient)
    {
        foreach (ITapLoss loss in _losses[tap])
            loss.AddGradient(features, gradient);
    }

    void IBandReader.Read(Tap tap, FeatureMap band, int top)
    {
        foreach (IBandLoss loss in _bandLosses[tap])
            loss.Add(band, top);
    }

    void IBandReader.AddGradient(Tap tap, FeatureMap band, int top, FeatureMap gradient, int target)
    {
        foreach (IBandLoss loss in _bandLosses[tap])
            loss.AddGradient(band, top, gradient, target);
    }
}
