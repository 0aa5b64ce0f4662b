using System.Numerics.Tensors;
using Pastiche.Compute;
using Pastiche.Imaging;
using Pastiche.Losses;
using Pastiche.Networks;
using Pastiche.Optimizers;
using Pastiche.Regions;
using Pastiche.Transforms;

namespace Pastiche.Engines;

/// <summary>
/// Style transfer by optimisation (Gatys, Ecker and Bethge, CVPR 2016): the pixels are moved until their features match the
/// photograph's in deep layers and their Gram matrices the paintings' in several.
/// </summary>
internal sealed class GatysEngine : IDisposable
{
    private readonly GatysOptions _options;
    private readonly bool _isSeamless;
    private readonly int _margin;
    private readonly NetworkCompute _compute;
    private readonly StripNetwork _network;
    private readonly IReadOnlyDictionary<Tap, float[]> _metrics;
    private readonly StatisticsPass _statistics;
    private readonly GatysStyleLosses _styleLosses;
    private readonly List<IDisposable> _contents = [];

    /// <summary>Builds the network.</summary>
    /// <param name="options">Valid options.</param>
    /// <param name="weights">The network, at the scale at which features are to be compared.</param>
    /// <param name="compute">What to compute with; stays the caller's.</param>
    /// <param name="isSeamless">
    /// Whether the picture is to tile. Its sides must then be multiples of 2^poolings of the deepest tap.
    /// </param>
    /// <param name="stripPixels">Pixels of the strips into which large pictures are cut; <c>null</c>: as <see cref="StripNetwork"/> chooses.</param>
    public GatysEngine(
        GatysOptions options, NetworkWeights weights, NetworkCompute compute, bool isSeamless = false, int? stripPixels = null)
    {
        (_options, _compute, _isSeamless, _margin) = (options, compute, isSeamless, MarginOf(options, weights, isSeamless));
        // A metric is made for the common scale's losses; raw features are compared as they are.
        _metrics = options.RawFeatures ? new Dictionary<Tap, float[]>() : weights.Metrics;
        _network = new StripNetwork(
            weights, GatysTaps.All(options), GatysTaps.Content(options), options.Pooling, compute,
            _margin > 0 ? PaddingKind.Reflection : weights.Padding, isSeamless, stripPixels);
        _statistics = new StatisticsPass(compute.Pool, compute.Products);
        _styleLosses = new GatysStyleLosses(options, Normalization, compute, MetricAt);
    }

    /// <summary>Pixels of the margin that a network needs: only one that is padded with zeros does, and a torus has no border.</summary>
    public static int MarginOf(GatysOptions options, NetworkWeights weights, bool isSeamless = false) =>
        weights.Padding == PaddingKind.Zero && !isSeamless ? options.Margin : 0;

    /// <summary>Pixels of the largest picture, with its margin, that is not worked on in strips.</summary>
    public int LargestWhole => _network.LargestWhole;

    private GramNormalization Normalization => _options is { RawFeatures: true, StyleLoss: StyleLossKind.Gram } ? GramNormalization.Elements : GramNormalization.Pixels;

    /// <summary>The smallest area, in pixels, of a region or of what is visible of a painting at a tap: a whole feature.</summary>
    public static double SmallestArea(Tap tap) => 1 << (2 * tap.Poolings);

    /// <summary>Reads a painting.</summary>
    /// <param name="style">The painting, at the size at which its style is read. Transparent pixels do not count.</param>
    public StyleGrams Read(Picture style)
    {
        double area = FeatureWeights.VisibleArea(style);
        Tap[] taps = [.. GatysTaps.Style(_options).Where(tap => area >= SmallestArea(tap))];
        if (taps.Length == 0)
            return new StyleGrams(new Dictionary<Tap, FeatureMoments>());
        _network.IsTiled = false; // paintings have borders
        var reader = new MomentReader(style, taps, Normalization, _statistics, _compute);
        _network.Forward(style.Planes, style.Height, style.Width, reader);
        foreach (Tap tap in taps.Where(tap => !_network.IsRead(tap)))
            reader.Read(tap, _network[tap], 0);
        return new StyleGrams(taps.ToDictionary(tap => tap, reader.Moments));
    }

    /// <summary>Optimises a picture.</summary>
    /// <param name="content">The photograph, at the size of the result.</param>
    /// <param name="styles">What was read of the paintings, at least one.</param>
    /// <param name="start">Where to start, <c>[3, height, width]</c>; not changed.</param>
    /// <param name="report">Hears of every evaluation.</param>
    /// <param name="cancellation">Stops the run with an <see cref="OperationCanceledException"/>; what was reached has been reported.</param>
    /// <param name="map">What is painted where, of the photograph's size; <c>null</c>: all paintings everywhere.</param>
    /// <param name="iterations">Evaluations to spend; <c>null</c>: as the options say.</param>
    /// <param name="places">Where the run begins, when that is in the middle, and who hears of where it could; <c>null</c>: neither.</param>
    /// <param name="memories">What a run at another size returned; <c>null</c>: this is the first.</param>
    /// <returns>What the search remembers, for a run at another size.</returns>
    /// <exception cref="InvalidOperationException">No evaluation gave a finite loss.</exception>
    public GatysMemories Run(
        Picture content, IReadOnlyList<WeightedGrams> styles, float[] start, Action<GatysStep> report, CancellationToken cancellation,
        RegionMap? map = null, int? iterations = null, GatysPlaces? places = null, GatysMemories? memories = null)
    {
        var canvas = new Canvas(content.Height, content.Width, _margin);
        GatysObjective objective = CreateObjective(canvas.Enlarge(content), styles, map);
        float[] best = [.. start], point = [.. start];
        TensorPrimitives.Clamp(point, Range.Low, Range.High, point);
        point = canvas.Enlarge(point);
        double smallest = double.PositiveInfinity;
        int evaluation = 0, evaluations = iterations ?? _options.Iterations;
        if (places?.From is { } from)
        {
            (smallest, evaluation) = (from.Smallest, from.Search.Evaluations);
            from.Best.CopyTo(best, 0);
        }
        SearchPlaces? searchPlaces = places is null ? null : new(
            places.From?.Search, state => places.Reached(() => new GatysState(smallest, best, state())));
        var search = SearchState.Empty;
        switch (_options.Optimizer)
        {
            case OptimizerKind.Adam:
                // Its means are of gradients, which shrink as pixels become more: it starts anew.
                Adam.Minimize(point, Evaluate, Range, _options.LearningRate, evaluations, searchPlaces);
                break;
            default:
                int history = GatysMemory.HistoryOf(_options, point.Length);
                SearchState? learnt = places?.From is null ? memories?.HandOn(canvas, history) : null;
                search = Lbfgs.Minimize(point, Evaluate, Range, history, evaluations, _compute.Pool.Run, searchPlaces, learnt);
                break;
        }
        return double.IsFinite(smallest) ? new GatysMemories(search, canvas)
            : throw new InvalidOperationException("the loss is not a finite number: the model's weights are too large for its input");

        double Evaluate(ReadOnlySpan<float> planes, Span<float> gradient)
        {
            cancellation.ThrowIfCancellationRequested();
            double loss = objective.Evaluate(planes, gradient);
            if (loss < smallest)
            {
                smallest = loss;
                canvas.Crop(planes, best);
                map?.Composite(best, content.Planes);
            }
            report(new GatysStep(++evaluation, loss, objective.Terms, best));
            return loss;
        }
    }

    /// <summary>Reads the content and sets up what is to be made small.</summary>
    /// <param name="content">The photograph with its margin.</param>
    /// <param name="styles">What was read of the paintings.</param>
    /// <param name="map">What is painted where, without the margin; <c>null</c>: all paintings everywhere.</param>
    public GatysObjective CreateObjective(Picture content, IReadOnlyList<WeightedGrams> styles, RegionMap? map = null)
    {
        _network.IsTiled = _isSeamless;
        List<ITapLoss> losses = [.. _styleLosses.Create(styles, map, content.Height, content.Width), .. ContentLosses(content)];
        TotalVariationLoss? variation = _options.TotalVariationWeight > 0 ? new TotalVariationLoss(_options.TotalVariationWeight, _compute.Pool, _isSeamless) : null;
        return new GatysObjective(_network, losses, variation, content.Height, content.Width);
    }

    public void Dispose()
    {
        _network.Dispose();
        _statistics.Dispose();
        _styleLosses.Dispose();
        ReleaseContents();
    }

    private static Bounds Range { get; } = new(0, 1);

    private FeatureMetric? MetricAt(Tap tap) => _metrics.TryGetValue(tap, out float[]? matrix) ? new FeatureMetric(matrix) : null;

    private List<ITapLoss> ContentLosses(Picture content)
    {
        ReleaseContents();
        IReadOnlyList<Tap> taps = GatysTaps.Content(_options);
        if (taps.Count == 0)
            return [];
        _network.Forward(content.Planes, content.Height, content.Width, reader: null);
        var losses = new List<ITapLoss>();
        foreach (Tap tap in taps)
        {
            var target = new FeatureMap();
            target.CopyFrom(_network[tap]);
            _contents.Add(target);
            losses.Add(ContentLossAt(tap, target));
        }
        return losses;
    }

    private ITapLoss ContentLossAt(Tap tap, FeatureMap target)
    {
        if (MetricAt(tap) is not { } metric)
            return new ContentLoss(tap, _options.ContentWeight, target, _compute.Products);
        var loss = new MetricContentLoss(tap, _options.ContentWeight, target, metric, _compute.Products);
        _contents.Add(loss);
        return loss;
    }

    private void ReleaseContents()
    {
        foreach (IDisposable part in _contents)
            part.Dispose();
        _contents.Clear();
    }
}
