using System.ComponentModel.DataAnnotations;
using Pastiche.Compute;

namespace Pastiche.Engines;

/// <summary>The method that moves the pixels downhill.</summary>
public enum OptimizerKind
{
    /// <summary>Limited-memory BFGS with a line search: fewest evaluations.</summary>
    Lbfgs,

    /// <summary>Adam (Kingma and Ba 2014): steady, little memory.</summary>
    Adam,
}

/// <summary>What of two pictures' features is compared as their style.</summary>
public enum StyleLossKind
{
    /// <summary>Gram matrices, as in the paper: which channels respond together.</summary>
    Gram,

    /// <summary>Mean and covariance, by the Wasserstein distance: how far features would have to be moved.</summary>
    Wasserstein,
}

/// <summary>
/// Settings of style transfer by optimisation (Gatys, Ecker and Bethge, "Image Style Transfer Using Convolutional Neural
/// Networks", CVPR 2016). Initialisers are the one source of defaults; the attributes are the allowed ranges.
/// The default instance is the preset <c>gatys</c>, whose style is compared as in style-transfer-pytorch (Crowson), by the Wasserstein
/// distance and with most weight on early layers: of 36 pictures looked at blind 32 were the best. <see cref="Gram"/> is the paper's.
/// </summary>
public sealed record GatysOptions
{
    /// <summary>Weight of the content losses (alpha).</summary>
    [Range(0.0, 1e12)]
    public double ContentWeight { get; init; } = 1;

    /// <summary>Weight of the style losses (beta).</summary>
    [Range(0.0, 1e12)]
    public double StyleWeight { get; init; } = 12;

    /// <summary>What is compared as style; the weight means about the same for all.</summary>
    public StyleLossKind StyleLoss { get; init; } = StyleLossKind.Wasserstein;

    /// <summary>
    /// Weight of total variation; 0 leaves it out. With Gram matrices a little of it keeps single pixels of bright colour out of dark
    /// areas, which the network hardly sees; the classic model has none.
    /// </summary>
    [Range(0.0, 1e12)]
    public double TotalVariationWeight { get; init; }

    /// <summary>Evaluations of loss and gradient to spend, over all sizes.</summary>
    [Range(1, 1_000_000)]
    public int Iterations { get; init; } = 300;

    /// <summary>
    /// Sizes from coarse to fine, sqrt 2 apart, each started from the one before; 1: the result's alone; 0: as many as keep the long side
    /// of the smallest at 256 pixels or more. Sizes at which a side would hold less than two features of the deepest layer are left out.
    /// </summary>
    [Range(0, 16)]
    public int Scales { get; init; }

    /// <summary>The optimizer.</summary>
    public OptimizerKind Optimizer { get; init; } = OptimizerKind.Lbfgs;

    /// <summary>
    /// Pairs of steps that L-BFGS remembers; each costs two images of memory. Of large pictures it remembers no more than fit in 1.1 GB,
    /// but 3 in any case.
    /// </summary>
    [Range(1, 200)]
    public int History { get; init; } = 10;

    /// <summary>Step size of Adam, in units of the 0..1 pixel range.</summary>
    [Range(1e-6, 1.0)]
    public double LearningRate { get; init; } = 0.02;

    /// <summary>Pooling of the network.</summary>
    public PoolingKind Pooling { get; init; } = PoolingKind.Max;

    /// <summary>
    /// Pixels of a mirrored margin that is painted too and cut off at the end, so that the borders of a network that is padded with
    /// zeros (<c>vgg19</c>) leave no frame in the picture; the classic model has none. A network that is padded by reflection
    /// (<c>compact</c>) needs none and gets none, whatever is asked for.
    /// </summary>
    [Range(0, 256)]
    public int Margin { get; init; } = 4;

    /// <summary>Taps at which style is compared, e.g. <c>relu1_1</c> or <c>conv3_2</c> (before the ReLU).</summary>
    [MinLength(1)]
    public IReadOnlyList<string> StyleLayers { get; init; } = ["relu1_1", "relu2_1", "relu3_1", "relu4_1", "relu5_1"];

    /// <summary>
    /// How much each of <see cref="StyleLayers"/> counts, in their order: a number from 0 to <see cref="LargestStyleLayerWeight"/> for each, not
    /// all 0; empty: all count the same. They are divided by their mean (layers of weight 0 included), so that only their ratios matter
    /// and <see cref="StyleWeight"/> keeps its meaning: with 2,1,0 the first two count twice and once as much as without weights, and the
    /// third is not looked at.
    /// </summary>
    public IReadOnlyList<double> StyleLayerWeights { get; init; } = [];

    /// <summary>
    /// How many times as much the style layers of a block count as those of the next one, besides <see cref="StyleLayerWeights"/>. Above 1 colours
    /// and fine strokes lead and shapes stay the photograph's; below 1 the painting's large motifs lead; at 1 all layers are alike.
    /// </summary>
    [Range(0.0625, 16.0)]
    public double StyleFalloff { get; init; } = 4;

    /// <summary>Taps at which content is compared.</summary>
    public IReadOnlyList<string> ContentLayers { get; init; } = ["relu4_2"];

    /// <summary>
    /// Whether features are used as the network gives them (the classic slides) instead of at the common scale, where each
    /// channel's mean activation over photographs is 1 and a weight means the same for every network. Weights for raw features
    /// are weights for one network: <c>vgg19</c>, unless the request names another.
    /// </summary>
    public bool RawFeatures { get; init; }

    /// <summary>The preset <c>gatys</c>: the defaults.</summary>
    public static GatysOptions Gatys { get; } = new();

    /// <summary>The preset <c>gram</c>: the paper's loss, Gram matrices with all layers alike, on features at the common scale.</summary>
    public static GatysOptions Gram { get; } = new()
    {
        StyleWeight = 2,
        StyleLoss = StyleLossKind.Gram,
        StyleFalloff = 1,
        TotalVariationWeight = 30,
    };

    /// <summary>
    /// The preset <c>slides</c>: the classic slide-deck model exactly. Raw features; style after conv_1 to conv_6 and content
    /// after conv_7 and conv_8, before the ReLU; the network is cut there; total = content + 10000 * style; three epochs of
    /// a hundred evaluations of L-BFGS from the content image.
    /// </summary>
    public static GatysOptions Slides { get; } = new()
    {
        ContentWeight = 1,
        StyleWeight = 10_000,
        StyleLoss = StyleLossKind.Gram,
        StyleFalloff = 1,
        Iterations = 3 * IterationsPerEpoch,
        StyleLayers = ["conv1_1", "conv1_2", "conv2_1", "conv2_2", "conv3_1", "conv3_2"],
        ContentLayers = ["conv3_3", "conv3_4"],
        TotalVariationWeight = 0,
        Margin = 0,
        Scales = 1,
        RawFeatures = true,
    };

    /// <summary>For textures: the style alone, from noise, with all of its motifs.</summary>
    public static GatysOptions Texture { get; } = Gram with { ContentWeight = 0 };

    /// <summary>The largest of <see cref="StyleLayerWeights"/>.</summary>
    public const double LargestStyleLayerWeight = 1e12;

    /// <summary>Evaluations in what the classic model calls an epoch.</summary>
    public const int IterationsPerEpoch = 100;

    /// <summary>The presets by the name that users type.</summary>
    public static IReadOnlyDictionary<string, GatysOptions> Presets { get; } =
        new Dictionary<string, GatysOptions> { ["gatys"] = Gatys, ["gram"] = Gram, ["slides"] = Slides };
}
