using System.Numerics.Tensors;
using Pastiche.Imaging;
using Pastiche.Networks;
using Pastiche.Regions;
using Pastiche.Transforms;

namespace Pastiche.Engines;

/// <summary>One level done.</summary>
/// <param name="Number">Levels done, from 1.</param>
/// <param name="Count">Levels to do.</param>
/// <param name="Planes">The picture so far, <c>[3, height, width]</c>; to be read at once, not kept.</param>
internal readonly record struct UniversalStep(int Number, int Count, float[] Planes);

/// <summary>
/// Universal style transfer (Li et al., NIPS 2017, arXiv 1705.08086): the picture is encoded to the features of a level, these get
/// the statistics of the style's, and a decoder makes a picture of them, which the next level works on. Nothing is optimised.
/// Large pictures are worked on in strips; statistics are those of the whole.
/// </summary>
internal sealed class UniversalEngine : IDisposable
{
    private readonly UniversalOptions _options;
    private readonly bool _isSeamless;
    private readonly StripEncoder _encoder;
    private readonly LevelPass _pass;

    /// <summary>Builds the networks.</summary>
    /// <param name="options">Valid options.</param>
    /// <param name="weights">A network with a decoder for each of the levels.</param>
    /// <param name="compute">What to compute with; stays the caller's.</param>
    /// <param name="stripPixels">The most pixels that are worked on at once.</param>
    /// <param name="isSeamless">
    /// Whether the picture is to tile. Its sides must then be multiples of <see cref="StripPlan.UnitOf"/> of every level that takes
    /// part: the poolings' grid goes on across the seam.
    /// </param>
    /// <exception cref="InvalidInputException">The network lacks a decoder.</exception>
    public UniversalEngine(
        UniversalOptions options, NetworkWeights weights, NetworkCompute compute, int stripPixels = StripPlan.Pixels, bool isSeamless = false)
    {
        if (DecoderProblem(options, weights) is { } problem)
            throw new InvalidInputException(problem);
        (_options, _isSeamless) = (options, isSeamless);
        var maps = new MapPair();
        _encoder = new StripEncoder(weights, Levels, compute, maps, stripPixels);
        _pass = new LevelPass(_encoder, weights.Decoders.Where(decoder => Levels.Contains(decoder.Level)), compute, maps);
    }

    /// <summary>The levels that occur, each once.</summary>
    private IEnumerable<int> Levels => _options.Levels.Select(level => level.Level).Distinct();

    /// <summary>The smallest side of a picture that takes part in a level: two by two features. A single one has no deviation.</summary>
    public static int SmallestSide(int level) => 2 * FeatureNetwork.SmallestSide([Vgg19.FirstTapOf(level)]);

    /// <summary>
    /// Pixels of a mirrored margin that is painted too and cut off: two features. A network sees its padding as something
    /// else than a picture: without a margin the edges of kodim04 come out brighter, and its reconstruction by the published pair of
    /// level 3 has 0.4 dB less. Whole features keep the poolings' grid where it is.
    /// </summary>
    public static int MarginOf(int level, int smallestSide) => smallestSide > 1 << level ? 1 << level : 1 << (level - 1);

    /// <summary>
    /// Pixels by which the picture is repeated around itself to tile without a seam: as far as encoder and decoder look, in whole
    /// features. With less, what is painted on one side of the seam would not be what the other side was painted to continue.
    /// </summary>
    public static int SeamlessMarginOf(int level) => 2 * StripPlan.HaloOf(level);

    /// <summary>Why a network cannot do what options ask for, in one line; <c>null</c> when it can.</summary>
    public static string? DecoderProblem(UniversalOptions options, NetworkWeights weights)
    {
        if (weights.Decoders.Count == 0)
            return "the model has no decoders, which the universal engine needs; compact, which is built in, has them";
        int[] known = [.. weights.Decoders.Select(decoder => decoder.Level)];
        int[] missing = [.. options.Levels.Select(level => level.Level).Distinct().Except(known)];
        return missing.Length == 0 ? null
            : $"the model has no decoder for level {string.Join(", ", missing)}; it has {string.Join(", ", known)}: choose from these levels";
    }

    /// <summary>Reads a painting.</summary>
    /// <param name="style">The painting, at the size at which its style is read. Transparent pixels do not count.</param>
    public StyleCode Read(Picture style)
    {
        double area = FeatureWeights.VisibleArea(style);
        int[] levels = [.. Levels.Where(level => Math.Min(style.Width, style.Height) >= SmallestSide(level) && area >= SmallestArea(level))];
        return new StyleCode(levels.Length == 0 ? new Dictionary<int, FeatureStatistics>() : _encoder.Statistics(style, levels));
    }

    /// <summary>The smallest area, in pixels, of a region or of what is visible of a painting that takes part in a level.</summary>
    public static double SmallestArea(int level) => (double)SmallestSide(level) * SmallestSide(level);

    /// <summary>Repaints a photograph.</summary>
    /// <param name="content">The photograph, at the size of the result; its transparent pixels do not count in statistics.</param>
    /// <param name="styles">What was read of the paintings, at least one.</param>
    /// <param name="start">What the first level works on, <c>[3, height, width]</c>; not changed.</param>
    /// <param name="report">Hears of every level that was done.</param>
    /// <param name="cancellation">Stops the run between two levels or strips with an <see cref="OperationCanceledException"/>.</param>
    /// <param name="map">What is painted where, of the photograph's size; <c>null</c>: all paintings everywhere.</param>
    /// <exception cref="InvalidOperationException">The features are not finite.</exception>
    public void Run(
        Picture content, IReadOnlyList<WeightedCode> styles, float[] start, Action<UniversalStep> report, CancellationToken cancellation,
        RegionMap? map = null)
    {
        UniversalLevel[] levels = [.. _options.Levels.Where(level => TakesPart(level.Level, content, styles, map))];
        float[] planes = new float[start.Length], next = new float[start.Length];
        TensorPrimitives.Clamp(start, 0f, 1f, planes);
        map?.Composite(planes, content.Planes);
        for (int i = 0; i < levels.Length; i++)
        {
            int level = levels[i].Level;
            int margin = _isSeamless ? SeamlessMarginOf(level) : MarginOf(level, Math.Min(content.Width, content.Height));
            var canvas = new Canvas(content.Height, content.Width, margin, _isSeamless);
            _pass.Run(canvas, planes, level, RegionsAt(level, content, canvas, styles, map), _options.DetailOf(level), Fit, next, cancellation);
            map?.Composite(next, content.Planes);
            (planes, next) = (next, planes);
            report(new UniversalStep(i + 1, levels.Length, planes));

            AffineTransform Fit(LevelRegion region, FeatureStatistics statistics) => AffineTransform.Mix(
                [.. region.Styles.Select(style => _options.Transform.Fit(statistics, styles[style].Code.Levels[level]))],
                [.. region.Styles.Select(style => styles[style].Weight)]).WithStrength(levels[i].Alpha * _options.Alpha);
        }
    }

    public void Dispose()
    {
        _encoder.Dispose();
        _pass.Dispose();
    }

    private static IReadOnlyList<LevelRegion> RegionsAt(
        int level, Picture content, Canvas canvas, IReadOnlyList<WeightedCode> styles, RegionMap? map) => map is null or { IsPlain: true }
        ? [LevelRegion.Whole(content, level, map?.Regions[0].Styles ?? [.. Enumerable.Range(0, styles.Count)])]
        : [.. map.Regions.Where(region => TakesPart(level, region, styles)).Select(region => LevelRegion.Of(content, canvas, level, region, map))];

    private static bool TakesPart(int level, Picture content, IReadOnlyList<WeightedCode> styles, RegionMap? map) =>
        Math.Min(content.Width, content.Height) >= SmallestSide(level)
        && (map?.Regions.Any(region => TakesPart(level, region, styles)) ?? styles.All(style => style.Code.Levels.ContainsKey(level)));

    private static bool TakesPart(int level, Region region, IReadOnlyList<WeightedCode> styles) =>
        region.Area >= SmallestArea(level) && region.Styles.All(style => styles[style].Code.Levels.ContainsKey(level));
}
