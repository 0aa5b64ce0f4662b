using Pastiche.Engines;
using Pastiche.Imaging;
using Pastiche.Networks;

namespace Pastiche;

/// <summary>Whether a model, the sizes of pictures and this machine do for an engine with valid settings. Every problem is one line.</summary>
internal sealed class EngineFit(EngineChoice engine, NetworkWeights weights)
{
    /// <summary>Problems of the model.</summary>
    public IEnumerable<string> NetworkProblems()
    {
        string? problem = engine.IsUniversal ? UniversalEngine.DecoderProblem(engine.Universal, weights) : DepthProblem();
        return problem is null ? [] : [problem];
    }

    /// <summary>Problems of a picture's size.</summary>
    /// <param name="name">What to call the picture.</param>
    /// <param name="width">Its width at the size asked for.</param>
    /// <param name="height">Its height.</param>
    public IEnumerable<string> SizeProblems(string name, int width, int height)
    {
        // The universal engine leaves out levels for which a picture is too small, but not all of them.
        (string layer, int smallest) = engine.IsUniversal ? ShallowestLevel() : DeepestLayer();
        if (Math.Min(width, height) < smallest)
        {
            yield return $"{name} is {width} x {height} pixels at the size asked for; " +
                $"{layer} needs at least {smallest} on each side: choose a larger size or {(engine.IsUniversal ? "lower levels" : "earlier layers")}";
        }
        double bytes = engine.IsUniversal
            ? UniversalMemory.Estimate(engine.Universal, weights, width, height, engine.IsSeamless)
            : GatysMemory.Estimate(engine.Gatys, weights, width, height, engine.IsSeamless);
        double gigabytes = bytes / 1e9;
        double available = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 1e9;
        if (gigabytes > available)
        {
            yield return FormattableString.Invariant(
                $"{name} at {width} x {height} pixels needs about {gigabytes:f0} GB of memory; this machine has {available:f0}: choose a smaller size");
        }
    }

    /// <summary>Problems of the paintings' sizes.</summary>
    /// <param name="styles">The paintings.</param>
    /// <param name="longSide">The length to which their long sides are brought.</param>
    public IEnumerable<string> StyleProblems(IReadOnlyList<StyleSource> styles, int longSide) => styles.SelectMany((style, index) =>
    {
        (int width, int height) = Resampling.FitLongSide(style.Picture.Width, style.Picture.Height, longSide);
        return SizeProblems(RequestValidation.NameOf(style, index), width, height);
    });

    private string? DepthProblem()
    {
        Tap deepest = GatysTaps.All(engine.Gatys)[^1];
        return deepest.Convolution < weights.Convolutions.Count ? null
            : $"layer {deepest} is not in the model, whose last convolution is {weights.Convolutions[^1].Name}";
    }

    private (string Name, int SmallestSide) DeepestLayer()
    {
        Tap deepest = GatysTaps.All(engine.Gatys)[^1];
        return ($"layer {deepest}", FeatureNetwork.SmallestSide([deepest]));
    }

    private (string Name, int SmallestSide) ShallowestLevel()
    {
        int level = engine.Universal.Levels.Min(level => level.Level);
        return ($"level {level}", UniversalEngine.SmallestSide(level));
    }
}
