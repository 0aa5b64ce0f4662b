using System.Diagnostics;
using Pastiche.Engines;
using Pastiche.Imaging;
using Pastiche.Models;

namespace Pastiche;

/// <summary>
/// Makes new textures from paintings: the statistics of features alone are given, and noise takes them on. By transforming
/// features, pass after pass (Li et al., arXiv 1705.08086), or by optimisation of Gram matrices (Gatys, Ecker and Bethge, "Texture
/// Synthesis Using Convolutional Neural Networks", arXiv 1505.07376).
/// </summary>
public static class TextureSynthesizer
{
    /// <summary>
    /// The model that a request gets: the one that it names, else what a repainting with the same engine would get
    /// (<see cref="Stylizer.ModelOf"/>).
    /// </summary>
    /// <param name="request">The request.</param>
    public static string ModelOf(TextureRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return ModelChoice.Of(request.Model, request.Engine, request.Gatys);
    }

    /// <summary>Makes a texture.</summary>
    /// <param name="request">What to do.</param>
    /// <param name="progress">Hears of every evaluation or level, on the calling thread.</param>
    /// <param name="cancellation">Stops the run; the result is then what was reached so far.</param>
    /// <returns>
    /// The texture and how it came about. It is opaque, and has the paintings' colour profile if they have one in common.
    /// </returns>
    /// <exception cref="InvalidInputException">The request is not valid, or its model cannot be had; all problems are listed.</exception>
    public static StyleResult Run(
        TextureRequest request, IProgress<StyleProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        long started = Stopwatch.GetTimestamp();
        LoadedModel model = ModelChoice.Load(
            TextureValidation.Problems(request), request.Model, request.Engine, request.Gatys, request.Threads,
            loaded => TextureValidation.FitProblems(request, loaded.Weights));
        IReadOnlyList<WeightedStyle> styles = WeightedStyle.At(StyleSizeOf(request), RegionLayout.Of(request).AllStyles);
        using var runner = new EngineRunner(EngineOf(request), model, request.Threads);
        return runner.Run(InputOf(request, styles), request.Checkpoint, started, progress, cancellation);
    }

    /// <summary>A pass is all levels once more, and a texture has no content.</summary>
    internal static EngineChoice EngineOf(TextureRequest request) => new(
        request.Engine,
        request.Gatys with { ContentWeight = 0 },
        request.Universal with { Levels = [.. Enumerable.Repeat(request.Universal.Levels, request.Passes).SelectMany(levels => levels)] },
        request.IsSeamless);

    /// <summary>The length to which the paintings' long sides are brought.</summary>
    internal static int StyleSizeOf(TextureRequest request) => request.StyleSize ?? Math.Max(request.Width, request.Height);

    private static EngineInput InputOf(TextureRequest request, IReadOnlyList<WeightedStyle> styles)
    {
        var layout = RegionLayout.Of(request);
        byte[]? profile = layout.AllStyles[0].Picture.IccProfile;
        bool isCommon = profile is not null && layout.AllStyles.All(style => profile.AsSpan().SequenceEqual(style.Picture.IccProfile));
        var canvas = new Picture(
            request.Width, request.Height, EngineInput.Noise(request.Width, request.Height, request.Seed), iccProfile: isCommon ? profile : null);
        // Noise that is shrunk is no longer noise: every size has its own.
        return new EngineInput(
            canvas,
            styles,
            picture => ReferenceEquals(picture, canvas) ? canvas.Planes : EngineInput.Noise(picture.Width, picture.Height, request.Seed),
            layout.MapFor);
    }
}
