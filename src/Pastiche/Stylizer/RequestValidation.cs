using System.Globalization;
using System.Numerics.Tensors;
using Pastiche.Colours;
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

    /// <summary>All problems of the values of a request for one photograph.</summary>
    public static IReadOnlyList<string> Problems(StyleTransferRequest request) =>
        [.. request.Content is null ? ["content is missing"] : Array.Empty<string>(), .. SettingsProblems(request)];

    /// <summary>All problems of a request's values; there need not be a photograph.</summary>
    public static IReadOnlyList<string> SettingsProblems(StyleTransferRequest request)
    {
        EngineChoice engine = EngineOf(request);
        IReadOnlyList<string> missing = [.. OptionsValidation.Missing(request), .. MissingParts(engine, request.Styles), .. RegionValidation.Missing(request.Styles, request.Regions)];
        if (missing.Count > 0)
            return missing;

        List<string> problems =
        [
            .. OptionsValidation.Problems(request),
            .. EngineProblems(engine),
            .. request.Content is { } content ? ContentProblems(content) : [],
            .. CheckpointProblems(request.Checkpoint, engine),
            .. RegionValidation.Problems(RegionLayout.Of(request)),
            .. RegionLayout.Of(request).AllStyles.SelectMany(StyleProblems),
            .. ColourProblems(request.Colours),
        ];
        if (request.Init == InitKind.Picture)
            problems.AddRange(request.InitPicture is null ? ["init is a picture but none is given; set InitPicture"] : FiniteProblems("init", request.InitPicture));
        if (problems.Count == 0 && request.Engine == EngineKind.Gatys && GatysTaps.All(request.Gatys!).Count == 0)
            problems.Add("neither style nor content counts: style weight or content weight must be positive, with layers");
        return problems;
    }

    /// <summary>What is missing within the parts that requests have in common, where these are there themselves.</summary>
    public static IEnumerable<string> MissingParts(EngineChoice engine, IReadOnlyList<StyleSource>? styles)
    {
        List<string> missing = engine.Options is null || styles is null ? [] : [.. OptionsValidation.Missing(engine.Options)];
        if (engine.Universal?.Levels is { } levels && levels.Any(level => level is null))
            missing.Add("a level is missing");
        if (styles is not null && styles.Any(style => style?.Picture is null))
            missing.Add("a style is missing its picture");
        return missing;
    }

    /// <summary>Problems of the settings of the engine that is asked for.</summary>
    public static IEnumerable<string> EngineProblems(EngineChoice engine) =>
    [
        .. OptionsValidation.Problems(engine.Options),
        .. engine.IsUniversal ? LevelProblems(engine.Universal) : LayerProblems(engine.Gatys),
    ];

    /// <summary>Problems of where checkpoints are kept.</summary>
    public static IEnumerable<string> CheckpointProblems(CheckpointOptions? checkpoint, EngineChoice engine) =>
        checkpoint is null ? []
        : engine.IsUniversal ? ["checkpoints are for engine gatys; universal is done before one is due"]
        : string.IsNullOrWhiteSpace(checkpoint.File) ? ["checkpoint names no file"]
        : OptionsValidation.Problems(checkpoint);

    /// <summary>Problems of a request, valid otherwise, with its model, its sizes and this machine.</summary>
    public static IEnumerable<string> FitProblems(StyleTransferRequest request, NetworkWeights weights)
    {
        var fit = new EngineFit(EngineOf(request), weights);
        return
        [
            .. fit.NetworkProblems(),
            .. request.Content is { } content ? ContentFitProblems(request, content, weights) : [],
            .. fit.StyleProblems(RegionLayout.Of(request).AllStyles, request.StyleSize ?? request.Size),
        ];
    }

    /// <summary>Problems of a photograph's values.</summary>
    public static IEnumerable<string> ContentProblems(Picture content) => PictureProblems("content", content);

    /// <summary>Problems of a valid photograph with a valid request, its model and this machine.</summary>
    public static IEnumerable<string> ContentFitProblems(StyleTransferRequest request, Picture content, NetworkWeights weights)
    {
        (int width, int height) = Resampling.FitLongSide(content.Width, content.Height, request.Size);
        var layout = RegionLayout.Of(request);
        return
        [
            .. new EngineFit(EngineOf(request), weights).SizeProblems("content", width, height),
            .. RegionValidation.ShapeProblems(layout, "content", content.Width, content.Height),
            .. RegionValidation.FitProblems(EngineOf(request), layout, width, height, request.StyleSize ?? request.Size),
        ];
    }

    /// <summary>The engine that a request asks for.</summary>
    public static EngineChoice EngineOf(StyleTransferRequest request) => new(request.Engine, request.Gatys, request.Universal);

    /// <summary>What messages call a painting.</summary>
    public static string NameOf(StyleSource style, int index) => $"style '{style.Name ?? (index + 1).ToString()}'";

    private static IEnumerable<string> LevelProblems(UniversalOptions options) => options.Levels.SelectMany(OptionsValidation.Problems);

    private static IEnumerable<string> LayerProblems(GatysOptions options) =>
        [.. LayerProblems("style layer", options.StyleLayers), .. LayerProblems("content layer", options.ContentLayers), .. LayerWeightProblems(options)];

    private static IEnumerable<string> LayerWeightProblems(GatysOptions options)
    {
        const double largest = GatysOptions.LargestStyleLayerWeight;
        IReadOnlyList<double> weights = options.StyleLayerWeights;
        bool isValid = weights.Count == options.StyleLayers.Count && weights.All(weight => weight is >= 0 and <= largest) && weights.Any(weight => weight > 0);
        if (weights.Count == 0 || isValid)
            yield break;
        string named = string.Join(',', weights.Select(weight => weight.ToString(CultureInfo.InvariantCulture)));
        yield return FormattableString.Invariant(
            $"style layer weights are {named}; allowed: none, or a number from 0 to {largest} for each of the {options.StyleLayers.Count} style layers, not all 0");
    }

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

    /// <summary>Problems of a painting.</summary>
    public static IEnumerable<string> StyleProblems(StyleSource style, int index)
    {
        if (!(style.Weight is > 0 and <= LargestStyleWeight))
            yield return FormattableString.Invariant($"weight of {NameOf(style, index)} is {style.Weight}; allowed: above 0, to {LargestStyleWeight}");
        foreach (string problem in PictureProblems(NameOf(style, index), style.Picture).Concat(RegionValidation.StyleProblems(style, NameOf(style, index))))
            yield return problem;
    }

    private static IEnumerable<string> PictureProblems(string name, Picture picture)
    {
        if (Math.Min(picture.Width, picture.Height) < SmallestSide)
            yield return $"{name} is {picture.Width} x {picture.Height} pixels; allowed: at least {SmallestSide} on each side";
        foreach (string problem in FiniteProblems(name, picture))
            yield return problem;
    }

    // A palette's file is read, and complained of, when the run starts.
    private static IEnumerable<string> ColourProblems(ColourMode colours)
    {
        if (!Enum.IsDefined(colours.Kind))
            return [$"colours are {colours.Kind}; allowed: {string.Join(", ", Enum.GetNames<ColourKind>())}"];
        if (colours is { Kind: ColourKind.Palette, Palette: null, PaletteFile: null })
            return ["colours are a palette's but none is given; set Palette or PaletteFile"];
        return colours.Palette is { } palette ? FiniteProblems("palette", palette) : [];
    }

    private static IEnumerable<string> FiniteProblems(string name, Picture picture)
    {
        if (!float.IsFinite(TensorPrimitives.MaxMagnitude<float>(picture.Planes)))
            yield return $"{name} has values that are not finite; allowed: 0 to 1";
    }
}
