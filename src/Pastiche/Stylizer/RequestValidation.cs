using System.Numerics.Tensors;
using Pastiche.Engines;
using Pastiche.Imaging;
using Pastiche.Networks;

namespace Pastiche;

/// <summary>What has to hold of a request before any work is done. Every problem is one line.</summary>
internal static class RequestValidation
{
    /// <summary>The smallest side of a picture that has something to repaint or to learn from.</summary>
    public const int SmallestSide = 16;

    /// <summary>The largest weight of a painting.</summary>
    public const double LargestStyleWeight = 1e12;

    /// <summary>All problems of a request's values.</summary>
    public static IReadOnlyList<string> Problems(StyleTransferRequest request)
    {
        List<string> missing = [.. OptionsValidation.Missing(request)];
        if (missing.Count == 0)
            missing.AddRange(OptionsValidation.Missing(OptionsOf(request)));
        if (request.Universal?.Levels is { } levels && levels.Any(level => level is null))
            missing.Add("a level is missing");
        if (request.Styles is not null && request.Styles.Any(style => style?.Picture is null))
            missing.Add("a style is missing its picture");
        if (missing.Count > 0)
            return missing;

        List<string> problems =
        [
            .. OptionsValidation.Problems(request),
            .. OptionsValidation.Problems(OptionsOf(request)),
            .. request.Engine == EngineKind.Universal ? LevelProblems(request.Universal!) : LayerProblems(request.Gatys!),
            .. PictureProblems("content", request.Content),
            .. request.Styles!.SelectMany(StyleProblems),
        ];
        if (request.Init == InitKind.Picture)
            problems.AddRange(request.InitPicture is null ? ["init is a picture but none is given; set InitPicture"] : FiniteProblems("init", request.InitPicture));
        if (problems.Count == 0 && request.Engine == EngineKind.Gatys && GatysTaps.All(request.Gatys!).Count == 0)
            problems.Add("neither style nor content counts: style weight or content weight must be positive, with layers");
        return problems;
    }

    /// <summary>Problems of a request, valid otherwise, with its model, its sizes and this machine.</summary>
    public static IEnumerable<string> FitProblems(StyleTransferRequest request, NetworkWeights weights)
    {
        bool isUniversal = request.Engine == EngineKind.Universal;
        string? network = isUniversal ? UniversalEngine.DecoderProblem(request.Universal, weights) : DepthProblem(request.Gatys, weights);
        if (network is not null)
            yield return network;
        // The universal engine leaves out levels for which a picture is too small, but not all of them.
        (string layer, int smallest) = isUniversal ? ShallowestLevel(request.Universal) : DeepestLayer(request.Gatys);
        IEnumerable<(string, Picture, int)> pictures = request.Styles
            .Select((style, i) => (NameOf(style, i), style.Picture, request.StyleSize ?? request.Size))
            .Prepend(("content", request.Content, request.Size));
        foreach ((string name, Picture picture, int size) in pictures)
        {
            (int width, int height) = Resampling.FitLongSide(picture.Width, picture.Height, size);
            if (Math.Min(width, height) < smallest)
            {
                yield return $"{name} is {width} x {height} pixels at the size asked for; " +
                    $"{layer} needs at least {smallest} on each side: choose a larger size or {(isUniversal ? "lower levels" : "earlier layers")}";
            }
            double gigabytes = (isUniversal ? MemoryOf(width, height, weights) : MemoryOf(width, height, request.Gatys, weights)) / 1e9, available = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 1e9;
            if (gigabytes > available)
            {
                yield return FormattableString.Invariant(
                    $"{name} at {width} x {height} pixels needs about {gigabytes:f0} GB of memory; this machine has {available:f0}: choose a smaller size");
            }
        }
    }

    /// <summary>
    /// About what a run holds, in bytes: at the picture's full size four maps of the first block (tap, activations, two gradients'
    /// worth for deeper layers) and the planes of the optimizer.
    /// </summary>
    private static double MemoryOf(int width, int height, GatysOptions options, NetworkWeights weights)
    {
        double margin = GatysEngine.MarginOf(options, weights);
        double pixels = (width + 2 * margin) * (height + 2 * margin);
        return pixels * sizeof(float) * (4 * weights.Convolutions[0].Outputs + 3 * (2 * options.History + 8));
    }

    /// <summary>
    /// About what a run of the universal engine holds, in bytes: at the picture's full size two maps of the encoder, a tap, its
    /// centred copy and two maps of a decoder, and some pictures; the deeper taps are a third more.
    /// </summary>
    private static double MemoryOf(int width, int height, NetworkWeights weights) =>
        (double)width * height * sizeof(float) * (8 * weights.Convolutions[0].Outputs + 4 * 3);

    private static object OptionsOf(StyleTransferRequest request) =>
        request.Engine == EngineKind.Universal ? request.Universal : request.Gatys;

    private static string? DepthProblem(GatysOptions options, NetworkWeights weights)
    {
        Tap deepest = GatysTaps.All(options)[^1];
        return deepest.Convolution < weights.Convolutions.Count ? null
            : $"layer {deepest} is not in the model, whose last convolution is {weights.Convolutions[^1].Name}";
    }

    private static (string Name, int SmallestSide) DeepestLayer(GatysOptions options)
    {
        Tap deepest = GatysTaps.All(options)[^1];
        return ($"layer {deepest}", FeatureNetwork.SmallestSide([deepest]));
    }

    private static (string Name, int SmallestSide) ShallowestLevel(UniversalOptions options)
    {
        int level = options.Levels.Min(level => level.Level);
        return ($"level {level}", UniversalEngine.SmallestSide(level));
    }

    private static string NameOf(StyleSource style, int index) => $"style '{style.Name ?? (index + 1).ToString()}'";

    private static IEnumerable<string> LevelProblems(UniversalOptions options) => options.Levels.SelectMany(OptionsValidation.Problems);

    private static IEnumerable<string> LayerProblems(GatysOptions options) =>
        [.. LayerProblems("style layer", options.StyleLayers), .. LayerProblems("content layer", options.ContentLayers)];

    private static IEnumerable<string> LayerProblems(string kind, IReadOnlyList<string> layers)
    {
        foreach (string layer in layers.Distinct())
        {
            if (!Tap.TryParse(layer, out _))
                yield return $"{kind} '{layer}' is unknown; allowed: {Tap.AllowedNames}";
            if (layers.Count(other => other == layer) > 1)
                yield return $"{kind} '{layer}' is named more than once";
        }
    }

    private static IEnumerable<string> StyleProblems(StyleSource style, int index)
    {
        if (!(style.Weight is > 0 and <= LargestStyleWeight))
            yield return FormattableString.Invariant($"weight of {NameOf(style, index)} is {style.Weight}; allowed: above 0, to {LargestStyleWeight}");
        foreach (string problem in PictureProblems(NameOf(style, index), style.Picture))
            yield return problem;
    }

    private static IEnumerable<string> PictureProblems(string name, Picture picture)
    {
        if (Math.Min(picture.Width, picture.Height) < SmallestSide)
            yield return $"{name} is {picture.Width} x {picture.Height} pixels; allowed: at least {SmallestSide} on each side";
        foreach (string problem in FiniteProblems(name, picture))
            yield return problem;
    }

    private static IEnumerable<string> FiniteProblems(string name, Picture picture)
    {
        if (!float.IsFinite(TensorPrimitives.MaxMagnitude<float>(picture.Planes)))
            yield return $"{name} has values that are not finite; allowed: 0 to 1";
    }
}
