using Pastiche.Benchmarks.Autoencoders;
using Pastiche.Engines;
using Pastiche.Imaging;
using Pastiche.Models;
using Pastiche.Networks;

namespace Pastiche.Benchmarks.Cascades;

/// <summary>
/// Universal style transfer at all five levels, coarse to fine, by our engine. A model of ours is one engine; the peer, which has an
/// encoder for each level, is five of one level each, one after the other.
/// </summary>
internal sealed class Cascade : IDisposable
{
    private readonly IReadOnlyList<UniversalEngine> _engines;
    private IReadOnlyList<WeightedCode[]> _codes = [];

    private Cascade(string name, IReadOnlyList<UniversalEngine> engines) => (Name, _engines) = (name, engines);

    /// <summary>What tables and file names call it.</summary>
    public string Name { get; }

    /// <summary>The paper's strength.</summary>
    public const double PaperAlpha = 0.6;

    /// <summary>The paper's cascade: every level at one strength, and what decoding loses is lost.</summary>
    public static UniversalOptions Paper(double alpha) =>
        new() { Levels = [.. UniversalOptions.Default.Levels.Select(level => level with { Alpha = 1 })], Alpha = alpha, Detail = 0 };

    /// <summary>The weights with which <c>pastiche paint --engine universal</c> would run a model.</summary>
    /// <exception cref="InvalidInputException">There is no such model.</exception>
    public static NetworkWeights WeightsOf(string nameOrPath, NetworkCompute compute)
    {
        NetworkWeights weights = ModelStore.Default.Load(nameOrPath).Weights;
        weights = weights.CutAfter(Vgg19.FirstTapOf(UniversalOptions.Default.Levels.Max(level => level.Level)).Convolution);
        return CommonScale.Apply(weights, MeanActivations.Of(weights, compute));
    }

    /// <summary>A model's cascade.</summary>
    /// <param name="nameOrPath">The model.</param>
    /// <param name="options">The engine's settings.</param>
    /// <param name="compute">What to compute with; stays the caller's.</param>
    /// <exception cref="InvalidInputException">There is no such model, or it lacks decoders.</exception>
    public static Cascade OfModel(string nameOrPath, UniversalOptions options, NetworkCompute compute) => new(
        Path.GetFileNameWithoutExtension(nameOrPath), [new UniversalEngine(options, WeightsOf(nameOrPath, compute), compute)]);

    /// <summary>The peer's cascade. Its features stay at the scale at which they were published.</summary>
    /// <param name="folder">The folder with the peer's networks.</param>
    /// <param name="alpha">Strength, 0 to 1.</param>
    /// <param name="compute">What to compute with; stays the caller's.</param>
    /// <exception cref="InvalidInputException">A file cannot be read.</exception>
    public static Cascade OfDistilled(string folder, double alpha, NetworkCompute compute)
    {
        IReadOnlyList<NetworkWeights> networks = DistilledNetworks.Read(folder);
        UniversalOptions options = Paper(alpha);
        return new Cascade(DistilledNetworks.Name,
        [
            .. options.Levels.Select(level => new UniversalEngine(options with { Levels = [level] }, networks[level.Level - 1], compute)),
        ]);
    }

    /// <summary>Reads the painting that the following runs use.</summary>
    public void Read(Picture style) => _codes = [.. _engines.Select(engine => new[] { new WeightedCode(engine.Read(style), 1) })];

    /// <summary>Repaints a photograph.</summary>
    public Picture Run(Picture content)
    {
        float[] planes = content.Planes;
        foreach ((UniversalEngine engine, WeightedCode[] codes) in _engines.Zip(_codes))
        {
            float[] start = planes;
            engine.Run(content, codes, start, step => planes = step.Number == step.Count ? [.. step.Planes] : planes, CancellationToken.None);
        }
        return new Picture(content.Width, content.Height, planes);
    }

    public void Dispose()
    {
        foreach (UniversalEngine engine in _engines)
            engine.Dispose();
    }
}
