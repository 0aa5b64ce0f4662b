using Pastiche.Engines;
using Pastiche.Models;
using Pastiche.Networks;

namespace Pastiche;

/// <summary>An engine with its networks and what it knows of the paintings.</summary>
internal interface IPreparedEngine : IDisposable
{
    /// <summary>Repaints a picture.</summary>
    /// <param name="input">The picture.</param>
    /// <param name="reporter">Hears of every step.</param>
    /// <param name="checkpoints">Where it begins, and who hears of where it could be taken up again; <c>null</c>: neither.</param>
    /// <param name="cancellation">Stops the run with an <see cref="OperationCanceledException"/>.</param>
    void Run(EngineInput input, ProgressReporter reporter, Checkpoints? checkpoints, CancellationToken cancellation);
}

/// <summary>Universal style transfer, prepared.</summary>
internal sealed class PreparedUniversal : IPreparedEngine
{
    private readonly UniversalEngine _engine;
    private StyleReadings<WeightedCode>? _styles;

    public PreparedUniversal(EngineChoice choice, NetworkWeights weights, NetworkCompute compute)
    {
        UniversalOptions options = choice.Universal;
        weights = weights.CutAfter(Vgg19.FirstTapOf(options.Levels.Max(level => level.Level)).Convolution);
        weights = CommonScale.Apply(weights, MeanActivations.Of(weights, compute));
        _engine = new UniversalEngine(options, weights, compute, isSeamless: choice.IsSeamless);
    }

    public void Run(EngineInput input, ProgressReporter reporter, Checkpoints? checkpoints, CancellationToken cancellation)
    {
        if (!ReferenceEquals(_styles?.Styles, input.Styles))
            _styles = new(input.Styles, style => new WeightedCode(_engine.Read(style.Picture), style.Weight));
        _engine.Run(input.Content, _styles!.Get(cancellation), input.Start, reporter.Report, cancellation, input.Map);
    }

    public void Dispose() => _engine.Dispose();
}
