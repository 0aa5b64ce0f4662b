using System.ComponentModel.DataAnnotations;
using System.Reflection;
using Pastiche.Colours;
using Pastiche.Compute;
using Pastiche.Engines;
using Pastiche.Transforms;

namespace Pastiche.Settings;

/// <summary>
/// The one table of hyper-parameters. A new one is a new row here: options, JSON, metadata, presets and grids follow. Ranges are
/// those of the records' attributes.
/// </summary>
public static class SettingTable
{
    private const EngineKind Optimisation = EngineKind.Gatys, Passes = EngineKind.Universal;

    /// <summary>What a request has besides its engine's options.</summary>
    public static IReadOnlyList<Setting<StyleTransferRequest>> Request { get; } =
    [
        Setting<StyleTransferRequest>.Of<EngineKind>("engine", null, new ChoiceForm<EngineKind>(SettingText.Words<EngineKind>()),
            "gatys: by optimisation (Gatys et al.), which takes longest. universal: by transforming features (Li et al.), any style in a few passes.",
            request => request.Engine, (request, value) => request with { Engine = value }),
        Whole("size", null, nameof(StyleTransferRequest.Size), "Long side of the result in pixels; the shape is the photograph's.",
            (StyleTransferRequest request) => request.Size, (request, value) => request with { Size = value }),
        Whole("style-size", null, nameof(StyleTransferRequest.StyleSize),
            "Long side to which the paintings are brought; smaller makes brush strokes finer.",
            (StyleTransferRequest request) => request.StyleSize, (request, value) => request with { StyleSize = value }),
        Setting<StyleTransferRequest>.Of<ColourMode>("colors", null, new ColoursForm(),
            "Whose colours the result has. style: the paintings'. content-luminance: style in lightness alone, hue and chroma of the photograph. "
            + "content-covariance, content-histogram: the paintings get mean and covariance, or the whole distribution, of the photograph's colours "
            + "before they are painted after. palette:FILE: they get mean and covariance of another picture's.",
            request => request.Colours is { Kind: ColourKind.Palette, PaletteFile: null } ? null : request.Colours, (request, value) => request with { Colours = value }),
        Setting<StyleTransferRequest>.Of<InitKind>("init", null,
            new ChoiceForm<InitKind>(new Dictionary<string, InitKind> { ["content"] = InitKind.Content, ["noise"] = InitKind.Noise }),
            "Start from the photograph or from noise.",
            request => request.Init == InitKind.Picture ? null : request.Init, (request, value) => request with { Init = value }),
        Whole("seed", null, nameof(StyleTransferRequest.Seed), "Seed of all randomness, any whole number.",
            (StyleTransferRequest request) => request.Seed, (request, value) => request with { Seed = value }),
        Setting<StyleTransferRequest>.Of<string>("model", null, new NameForm("NAME|PATH"),
            "The network: a name that 'pastiche models list' shows, or a weights file.",
            request => request.Model, (request, value) => request with { Model = value }),
    ];

    private static Setting<GatysOptions> Iterations { get; } =
        Whole("iterations", Optimisation, nameof(GatysOptions.Iterations), "Evaluations of loss and gradient to spend, over all sizes.",
            (GatysOptions options) => options.Iterations, (options, value) => options with { Iterations = value });

    /// <summary>What <see cref="GatysOptions"/> has.</summary>
    public static IReadOnlyList<Setting<GatysOptions>> Gatys { get; } =
    [
        Number("style-weight", Optimisation, nameof(GatysOptions.StyleWeight), "Weight of the paintings' style.",
            (GatysOptions options) => options.StyleWeight, (options, value) => options with { StyleWeight = value }),
        Setting<GatysOptions>.Of<StyleLossKind>("style-loss", Optimisation, new ChoiceForm<StyleLossKind>(SettingText.Words<StyleLossKind>()),
            "What is compared as style. gram: Gram matrices of features, as in the paper. wasserstein: mean and covariance, by how far features would have to be moved.",
            options => options.StyleLoss, (options, value) => options with { StyleLoss = value }),
        Number("content-weight", Optimisation, nameof(GatysOptions.ContentWeight), "Weight of the photograph's content.",
            (GatysOptions options) => options.ContentWeight, (options, value) => options with { ContentWeight = value }),
        Number("tv-weight", Optimisation, nameof(GatysOptions.TotalVariationWeight), "Weight of total variation, which smooths; 0 leaves it out.",
            (GatysOptions options) => options.TotalVariationWeight, (options, value) => options with { TotalVariationWeight = value }),
        Layers("style-layers", nameof(GatysOptions.StyleLayers), "Layers at which style is compared: relu3_1 is after, conv3_1 before the ReLU.",
            options => options.StyleLayers, (options, value) => options with { StyleLayers = value }),
        Setting<GatysOptions>.Of<IReadOnlyList<double>>("style-layer-weights", Optimisation,
            new LayerWeightsForm(new Bounds(0, GatysOptions.LargestStyleLayerWeight)),
            "How much each of style-layers counts, one number for each; only their ratios matter, and a layer of 0 is left out. None: all the same.",
            options => options.StyleLayerWeights, (options, value) => options with { StyleLayerWeights = value }),
        Number("style-falloff", Optimisation, nameof(GatysOptions.StyleFalloff),
            "How many times as much the style layers of a block count as those of the next: large for colours and strokes, below 1 for large motifs.",
            (GatysOptions options) => options.StyleFalloff, (options, value) => options with { StyleFalloff = value }),
        Layers("content-layers", nameof(GatysOptions.ContentLayers), "Layers at which content is compared.",
            options => options.ContentLayers, (options, value) => options with { ContentLayers = value }),
        Setting<GatysOptions>.Of<PoolingKind>("pooling", Optimisation, new ChoiceForm<PoolingKind>(SettingText.Words<PoolingKind>()),
            "Pooling of the network; average gives slightly smoother pictures.",
            options => options.Pooling, (options, value) => options with { Pooling = value }),
        Whole("margin", Optimisation, nameof(GatysOptions.Margin),
            "Pixels of a mirrored margin that is painted too and cut off, so that a network padded with zeros leaves no frame at the border; others get none.",
            (GatysOptions options) => options.Margin, (options, value) => options with { Margin = value }),
        Setting<GatysOptions>.Of<bool>("raw-features", Optimisation, new SwitchForm(),
            "Take features as the network gives them instead of at the common scale.",
            options => options.RawFeatures, (options, value) => options with { RawFeatures = value }),
        Setting<GatysOptions>.Shorthand<GatysQuality>("quality", Iterations, new ChoiceForm<GatysQuality>(SettingText.Words<GatysQuality>()),
            $"A word for --iterations: {string.Join(", ", Enum.GetValues<GatysQuality>().Select(quality => $"{SettingText.Format(quality)} {quality.Iterations()}"))}.",
            options => Enum.GetValues<GatysQuality>().Cast<GatysQuality?>().FirstOrDefault(quality => quality!.Value.Iterations() == options.Iterations),
            quality => quality.Iterations()),
        Iterations,
        Whole("scales", Optimisation, nameof(GatysOptions.Scales),
            "Sizes to paint at from coarse to fine, each started from the one before; 1: the result's alone, 0: as many as do from 256 pixels on.",
            (GatysOptions options) => options.Scales, (options, value) => options with { Scales = value }),
        Setting<GatysOptions>.Of<OptimizerKind>("optimizer", Optimisation, new ChoiceForm<OptimizerKind>(SettingText.Words<OptimizerKind>()),
            "lbfgs needs the fewest evaluations, adam the least memory.",
            options => options.Optimizer, (options, value) => options with { Optimizer = value }),
        Number("learning-rate", Optimisation, nameof(GatysOptions.LearningRate), "Step size of adam; white is 1.",
            (GatysOptions options) => options.LearningRate, (options, value) => options with { LearningRate = value }),
        Whole("history", Optimisation, nameof(GatysOptions.History), "Steps that lbfgs remembers; each costs two images of memory. Of large pictures no more than fit in 1.1 GB, but 3.",
            (GatysOptions options) => options.History, (options, value) => options with { History = value }),
    ];

    /// <summary>What <see cref="UniversalOptions"/> has.</summary>
    public static IReadOnlyList<Setting<UniversalOptions>> Universal { get; } =
    [
        Number("alpha", Passes, nameof(UniversalOptions.Alpha), "Strength of the style, of all levels together.",
            (UniversalOptions options) => options.Alpha, (options, value) => options with { Alpha = value }),
        Setting<UniversalOptions>.Of<IReadOnlyList<UniversalLevel>>("levels", Passes, new LevelsForm(),
            "Depths at which features are transformed, one after the other: 5 has the largest patterns, 1 the colours; a level "
            + "may have a strength of its own, which alpha is multiplied by. A level for which a picture is too small (2^LEVEL pixels) is left out. "
            + $"{LevelText.Allowed}.",
            options => options.Levels, (options, value) => options with { Levels = value }),
        Number("detail", Passes, nameof(UniversalOptions.Detail),
            "Share of what decoding alone loses that is given back at levels 4 and 5: with 0 they blur, as in the paper.",
            (UniversalOptions options) => options.Detail, (options, value) => options with { Detail = value }),
        Setting<UniversalOptions>.Of<TransformKind>("transform", Passes, new ChoiceForm<TransformKind>(UniversalOptions.Transforms),
            "wct: whitening and colouring. adain: mean and deviation of each channel, which is weaker. ot: optimal transport, which changes "
            + "features least.",
            options => options.Transform, (options, value) => options with { Transform = value }),
    ];

    /// <summary>All settings, in the order in which they are written.</summary>
    public static IReadOnlyList<Setting> All { get; } = [.. Request, .. Gatys, .. Universal];

    /// <summary>The setting of a name; <c>null</c> when there is none.</summary>
    public static Setting? Find(string key) => All.FirstOrDefault(setting => setting.Key == key);

    private static Setting<T> Number<T>(
        string key, EngineKind? engine, string property, string description, Func<T, double> get, Func<T, double, T> with) where T : class =>
        Setting<T>.Of(key, engine, new NumberForm(Bounds.Of<T>(property)), description, options => get(options), with);

    private static Setting<T> Whole<T>(
        string key, EngineKind? engine, string property, string description, Func<T, int?> get, Func<T, int, T> with) where T : class =>
        Setting<T>.Of(key, engine, new WholeForm(Bounds.Of<T>(property)), description, options => get(options), with);

    private static Setting<GatysOptions> Layers(
        string key, string property, string description, Func<GatysOptions, IReadOnlyList<string>> get,
        Func<GatysOptions, IReadOnlyList<string>, GatysOptions> with)
    {
        bool mayBeEmpty = typeof(GatysOptions).GetProperty(property)!.GetCustomAttribute<MinLengthAttribute>() is null;
        return Setting<GatysOptions>.Of(key, Optimisation, new LayersForm(mayBeEmpty), description, get, with);
    }
}
