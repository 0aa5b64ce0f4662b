using System.Diagnostics;
using System.Reflection;
using Pastiche.Compute;
using Pastiche.Engines;
using Pastiche.Imaging;
using Pastiche.Models;
using Pastiche.Networks;

namespace Pastiche;

/// <summary>The front door: a request in, a repainted photograph out.</summary>
public static class Stylizer
{
    /// <summary>The library's version.</summary>
    public static string Version { get; } =
        typeof(Stylizer).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;

    /// <summary>
    /// The model that a request gets: the one that it names, else <c>compact</c> for the universal engine and <c>vgg19</c> for raw
    /// features, else <see cref="ModelStore.DefaultModel"/>.
    /// </summary>
    /// <param name="request">The request.</param>
    public static string ModelOf(StyleTransferRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return request.Model
            ?? (request.Engine == EngineKind.Universal ? ModelStore.BuiltInName
            : NeedsVgg19(request) ? ModelSource.Vgg19.Name
            : ModelStore.Default.DefaultModel());
    }

    /// <summary>Repaints a photograph.</summary>
    /// <param name="request">What to do.</param>
    /// <param name="progress">
    /// Hears of every evaluation or level, on the calling thread; mind that <see cref="Progress{T}"/> hands reports on to another one.
    /// </param>
    /// <param name="cancellation">Stops the run; the result is then the best picture reached so far.</param>
    /// <returns>The picture and how it came about.</returns>
    /// <exception cref="InvalidInputException">The request is not valid, or its model cannot be had; all problems are listed.</exception>
    public static StyleResult Run(
        StyleTransferRequest request, IProgress<StyleProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        long started = Stopwatch.GetTimestamp();
        LoadedModel model = Validate(request);
        (Picture content, WeightedStyle[] styles) = BringToSize(request);
        float[] start = StartOf(request, content);

        using var compute = new NetworkCompute(request.Threads);
        var reporter = new ProgressReporter(content, start, progress);
        bool isCompleted = true;
        try
        {
            if (request.Engine == EngineKind.Universal)
                Transform(request.Universal, model.Weights, compute, content, styles, start, reporter, cancellation);
            else
                Optimise(request.Gatys, model.Weights, compute, content, styles, start, reporter, cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            isCompleted = false;
        }
        var run = new RunRecord(
            Version, compute.Path.Width.ToString(), compute.Pool.Count, model.Name, model.Sha256, Stopwatch.GetElapsedTime(started));
        return new StyleResult(reporter.BestPicture(), reporter.Losses, isCompleted, run) { Iterations = reporter.Steps };
    }

    /// <summary>
    /// The classic slide-deck call, <c>make_style_transfer(content, style, style_weight=10000, n_epoch=3)</c>, in one line. It needs
    /// the model <c>vgg19</c>.
    /// </summary>
    /// <param name="content">The photograph.</param>
    /// <param name="style">The painting.</param>
    /// <param name="styleWeight">Weight of the style losses against the content losses.</param>
    /// <param name="epochs">Epochs of <see cref="GatysOptions.IterationsPerEpoch"/> evaluations.</param>
    /// <param name="size">Long side of the result in pixels.</param>
    /// <returns>The repainted photograph.</returns>
    /// <exception cref="InvalidInputException">The call is not valid, or <c>vgg19</c> is not stored; all problems are listed.</exception>
    public static Picture MakeStyleTransfer(
        Picture content, Picture style, double styleWeight = 10_000, int epochs = 3, int size = 512) =>
        Run(new StyleTransferRequest
        {
            Content = content,
            Styles = [new StyleSource(style)],
            Size = size,
            Gatys = GatysOptions.Slides with { StyleWeight = styleWeight, Iterations = epochs * GatysOptions.IterationsPerEpoch },
        }).Picture;

    private static void Optimise(
        GatysOptions options, NetworkWeights weights, NetworkCompute compute, Picture content, WeightedStyle[] styles, float[] start,
        ProgressReporter reporter, CancellationToken cancellation)
    {
        weights = weights.CutAfter(GatysTaps.All(options)[^1].Convolution);
        if (!options.RawFeatures)
            weights = CommonScale.Apply(weights, MeanActivations.Of(weights, compute));
        using var engine = new GatysEngine(options, weights, compute);
        engine.Run(content, styles, start, step => reporter.Report(step, options.Iterations), cancellation);
    }

    private static void Transform(
        UniversalOptions options, NetworkWeights weights, NetworkCompute compute, Picture content, WeightedStyle[] styles, float[] start,
        ProgressReporter reporter, CancellationToken cancellation)
    {
        weights = weights.CutAfter(Vgg19.FirstTapOf(options.Levels.Max(level => level.Level)).Convolution);
        weights = CommonScale.Apply(weights, MeanActivations.Of(weights, compute));
        using var engine = new UniversalEngine(options, weights, compute);
        var codes = new List<WeightedCode>();
        foreach (WeightedStyle style in styles)
        {
            cancellation.ThrowIfCancellationRequested();
            codes.Add(new WeightedCode(engine.Read(style.Picture), style.Weight));
        }
        engine.Run(content, codes, start, reporter.Report, cancellation);
    }

    private static LoadedModel Validate(StyleTransferRequest request)
    {
        var problems = RequestValidation.Problems(request).ToList();
        LoadedModel? model = null;
        try
        {
            _ = request.Threads ?? WorkerPool.DefaultThreads();
            string name = ModelOf(request);
            if (NeedsVgg19(request) && ModelStore.Default.DefaultModel() != name)
                throw new InvalidInputException($"raw features (preset slides) are those of {name}, which is not installed; name a model, or bring it: pastiche models pull {name}");
            if (problems.Count == 0)
                model = ModelStore.Default.Load(name);
            else
                ModelStore.Default.Resolve(name);
        }
        catch (InvalidInputException exception)
        {
            problems.AddRange(exception.Problems);
        }
        // Sizes and depths can be judged only when sizes and layers are valid themselves.
        if (problems.Count == 0)
            problems.AddRange(RequestValidation.FitProblems(request, model!.Weights));
        return problems.Count == 0 ? model! : throw new InvalidInputException(problems);
    }

    // The weights for raw features are weights for the scale of one network.
    private static bool NeedsVgg19(StyleTransferRequest request) => request is { Model: null, Engine: EngineKind.Gatys, Gatys.RawFeatures: true };

    private static (Picture Content, WeightedStyle[] Styles) BringToSize(StyleTransferRequest request)
    {
        int styleSize = request.StyleSize ?? request.Size;
        return (Fit(request.Content, request.Size), [.. request.Styles.Select(style => new WeightedStyle(Fit(style.Picture, styleSize), style.Weight))]);
    }

    private static Picture Fit(Picture picture, int longSide)
    {
        (int width, int height) = Resampling.FitLongSide(picture.Width, picture.Height, longSide);
        return Resampling.Resize(picture, width, height);
    }

    private static float[] StartOf(StyleTransferRequest request, Picture content)
    {
        switch (request.Init)
        {
            case InitKind.Picture:
                return Resampling.Resize(request.InitPicture!, content.Width, content.Height).Planes;
            case InitKind.Noise:
                var random = new Random(request.Seed);
                return [.. content.Planes.Select(_ => random.NextSingle())];
            default:
                return content.Planes;
        }
    }
}
