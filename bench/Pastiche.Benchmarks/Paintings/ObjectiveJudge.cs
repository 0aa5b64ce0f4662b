using Pastiche.Engines;
using Pastiche.Imaging;
using Pastiche.Networks;

namespace Pastiche.Benchmarks.Paintings;

/// <summary>Judges pictures by the losses that the engine would make small with given settings.</summary>
/// <param name="options">The settings; margin and all.</param>
/// <param name="weights">The network.</param>
/// <param name="compute">What to compute with; stays the caller's.</param>
internal sealed class ObjectiveJudge(GatysOptions options, NetworkWeights weights, NetworkCompute compute) : IDisposable
{
    private readonly GatysEngine _engine = new(options, weights, compute);

    /// <summary>The weighted losses by name of pictures made of one pair.</summary>
    /// <param name="content">The photograph at the pictures' size.</param>
    /// <param name="style">The painting at the size at which its style was read.</param>
    /// <param name="pictures">The pictures.</param>
    public IEnumerable<IReadOnlyDictionary<string, double>> Judge(Picture content, Picture style, IEnumerable<Picture> pictures)
    {
        // As in painting, a network that is padded with zeros sees a mirrored margin and no frame.
        var canvas = new Canvas(content.Height, content.Width, GatysEngine.MarginOf(options, weights));
        GatysObjective objective = _engine.CreateObjective(canvas.Enlarge(content), [new WeightedGrams(_engine.Read(style), 1)]);
        var gradient = new float[3 * canvas.Height * canvas.Width];
        foreach (Picture picture in pictures)
        {
            objective.Evaluate(canvas.Enlarge(picture.Planes), gradient);
            yield return objective.Terms;
        }
    }

    /// <summary>The losses of a kind, <c>style</c> or <c>content</c>.</summary>
    public static IEnumerable<double> Of(string kind, IReadOnlyDictionary<string, double> terms) =>
        terms.Where(term => term.Key.StartsWith(kind, StringComparison.Ordinal)).Select(term => term.Value);

    public void Dispose() => _engine.Dispose();
}
