using Pastiche.Engines;
using Pastiche.Imaging;

namespace Pastiche;

/// <summary>The front door: a request in, a repainted photograph out.</summary>
public static class Stylizer
{
    /// <summary>Repaints a photograph.</summary>
    /// <param name="request">What to do.</param>
    /// <param name="progress">Hears of every evaluation, on the calling thread.</param>
    /// <param name="cancellation">Stops the run; the result is then the best picture reached so far.</param>
    /// <returns>The picture and how it came about.</returns>
    /// <exception cref="InvalidInputException">The request is not valid, or its model cannot be had; all problems are listed.</exception>
    public static StyleResult Run(
        StyleTransferRequest request, IProgress<StyleProgress>? progress = null, CancellationToken cancellation = default) =>
        throw new NotImplementedException();

    /// <summary>
    /// The classic slide-deck call, <c>make_style_transfer(content, style, style_weight=10000, n_epoch=3)</c>, in one line.
    /// </summary>
    /// <param name="content">The photograph.</param>
    /// <param name="style">The painting.</param>
    /// <param name="styleWeight">Weight of the style losses against the content losses.</param>
    /// <param name="epochs">Epochs of <see cref="GatysOptions.IterationsPerEpoch"/> evaluations.</param>
    /// <param name="size">Long side of the result in pixels.</param>
    /// <returns>The repainted photograph.</returns>
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
