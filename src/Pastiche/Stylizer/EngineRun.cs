using System.Diagnostics;
using Pastiche.Engines;
using Pastiche.Imaging;
using Pastiche.Models;
using Pastiche.Networks;

namespace Pastiche;

/// <summary>What an engine works on, at the sizes at which it works.</summary>
/// <param name="Content">The photograph; of a texture its size alone counts.</param>
/// <param name="Styles">The paintings.</param>
/// <param name="Start">Where to start, <c>[3, height, width]</c>.</param>
internal sealed record EngineInput(Picture Content, IReadOnlyList<WeightedStyle> Styles, float[] Start)
{
    /// <summary>Brings paintings to the size at which their style is read.</summary>
    public static IReadOnlyList<WeightedStyle> StylesOf(IReadOnlyList<StyleSource> styles, int longSide) =>
        [.. styles.Select(style => new WeightedStyle(Fit(style.Picture, longSide), style.Weight))];

    /// <summary>Brings a picture's long side to a length.</summary>
    public static Picture Fit(Picture picture, int longSide)
    {
        (int width, int height) = Resampling.FitLongSide(picture.Width, picture.Height, longSide);
        return Resampling.Resize(picture, width, height);
    }

    /// <summary>Uniform noise, <c>[3, height, width]</c>, 0 to 1.</summary>
    public static float[] Noise(int width, int height, int seed)
    {
        var random = new Random(seed);
        var planes = new float[3 * height * width];
        for (int i = 0; i < planes.Length; i++)
            planes[i] = random.NextSingle();
        return planes;
    }
}

/// <summary>Prepares the network, builds the engine, runs it, and makes a result of what it reached.</summary>
/// <param name="engine">The engine and its settings.</param>
/// <param name="model">A model that does for it.</param>
/// <param name="threads">Threads; <c>null</c>: the default.</param>
/// <param name="started">When the request came in.</param>
internal sealed class EngineRun(EngineChoice engine, LoadedModel model, int? threads, long started)
{
    /// <summary>Runs the engine.</summary>
    /// <param name="input">What it works on.</param>
    /// <param name="progress">Hears of every step.</param>
    /// <param name="cancellation">Stops the run; the result is then what was reached.</param>
    public StyleResult Run(EngineInput input, IProgress<StyleProgress>? progress, CancellationToken cancellation)
    {
        using var compute = new NetworkCompute(threads);
        var reporter = new ProgressReporter(input.Content, input.Start, progress);
        bool isCompleted = true;
        try
        {
            if (engine.IsUniversal)
                Transform(compute, input, reporter, cancellation);
            else
                Optimise(compute, input, reporter, cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            isCompleted = false;
        }
        var run = new RunRecord(
            Stylizer.Version, compute.Path.Width.ToString(), compute.Pool.Count, model.Name, model.Sha256, Stopwatch.GetElapsedTime(started));
        return new StyleResult(reporter.BestPicture(), reporter.Losses, isCompleted, run) { Iterations = reporter.Steps };
    }

    private void Optimise(NetworkCompute compute, EngineInput input, ProgressReporter reporter, CancellationToken cancellation)
    {
        GatysOptions options = engine.Gatys;
        NetworkWeights weights = model.Weights.CutAfter(GatysTaps.All(options)[^1].Convolution);
        if (!options.RawFeatures)
            weights = CommonScale.Apply(weights, MeanActivations.Of(weights, compute));
        using var gatys = new GatysEngine(options, weights, compute, engine.IsSeamless);
        gatys.Run(input.Content, input.Styles, input.Start, step => reporter.Report(step, options.Iterations), cancellation);
    }

    private void Transform(NetworkCompute compute, EngineInput input, ProgressReporter reporter, CancellationToken cancellation)
    {
        UniversalOptions options = engine.Universal;
        NetworkWeights weights = model.Weights.CutAfter(Vgg19.FirstTapOf(options.Levels.Max(level => level.Level)).Convolution);
        weights = CommonScale.Apply(weights, MeanActivations.Of(weights, compute));
        using var universal = new UniversalEngine(options, weights, compute, isSeamless: engine.IsSeamless);
        var codes = new List<WeightedCode>();
        foreach (WeightedStyle style in input.Styles)
        {
            cancellation.ThrowIfCancellationRequested();
            codes.Add(new WeightedCode(universal.Read(style.Picture), style.Weight));
        }
        universal.Run(input.Content, codes, input.Start, reporter.Report, cancellation);
    }
}
