using System.Diagnostics;
using System.Reflection;
using Pastiche.Engines;
using Pastiche.Imaging;
using Pastiche.Models;

namespace Pastiche;

/// <summary>The front door: a request in, a repainted photograph out. For many photographs: <see cref="StylizerSession"/>.</summary>
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
        return ModelChoice.Of(request.Model, request.Engine, request.Gatys);
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
        using StylizerSession session = StylizerSession.Open(request, RequestValidation.Problems(request));
        return session.Run(request.Content!, started, progress, cancellation);
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
}
