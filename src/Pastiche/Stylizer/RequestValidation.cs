using Pastiche.Engines;
using Pastiche.Imaging;
using Pastiche.Networks;

namespace Pastiche;

/// <summary>What has to hold of a request before any work is done. Every problem is one line.</summary>
internal static class RequestValidation
{
    /// <summary>The smallest side of a picture that has something to repaint or to learn from.</summary>
    public const int SmallestSide = 16;

    /// <summary>All problems of a request's values.</summary>
    public static IEnumerable<string> Problems(StyleTransferRequest request)
    {
        IEnumerable<string> problems =
        [
            .. OptionsValidation.Problems(request),
            .. OptionsValidation.Problems(request.Gatys),
            .. LayerProblems("style layer", request.Gatys.StyleLayers),
            .. LayerProblems("content layer", request.Gatys.ContentLayers),
            .. PictureProblems("content", request.Content),
        ];
        foreach ((StyleSource style, string name) in request.Styles.Select((style, i) => (style, NameOf(style, i))))
        {
            problems = problems.Concat(PictureProblems(name, style.Picture));
            if (!(style.Weight > 0 && double.IsFinite(style.Weight)))
                problems = problems.Append(FormattableString.Invariant($"weight of {name} is {style.Weight}; allowed: positive numbers"));
        }
        if (request.Init == InitKind.Picture && request.InitPicture is null)
            problems = problems.Append("init is a picture but none is given; set InitPicture");
        if (request.Gatys is { ContentWeight: 0, StyleWeight: 0, TotalVariationWeight: 0 })
            problems = problems.Append("content weight, style weight and total variation weight are all 0; at least one must be positive");
        return problems;
    }

    /// <summary>Problems of a request, valid otherwise, with its model and its sizes.</summary>
    public static IEnumerable<string> FitProblems(StyleTransferRequest request, NetworkWeights weights)
    {
        Tap deepest = DeepestTap(request.Gatys);
        if (deepest.Convolution >= weights.Convolutions.Count)
            yield return $"layer {deepest} is not in the model, whose last convolution is {weights.Convolutions[^1].Name}";
        IEnumerable<(string, Picture, int)> pictures = request.Styles
            .Select((style, i) => (NameOf(style, i), style.Picture, request.StyleSize ?? request.Size))
            .Prepend(("content", request.Content, request.Size));
        int smallest = FeatureNetwork.SmallestSide([deepest]);
        foreach ((string name, Picture picture, int size) in pictures)
        {
            (int width, int height) = Resampling.FitLongSide(picture.Width, picture.Height, size);
            if (Math.Min(width, height) < smallest)
            {
                yield return $"{name} is {width} x {height} pixels at the size asked for; " +
                    $"layer {deepest} needs at least {smallest} on each side: choose a larger size or earlier layers";
            }
        }
    }

    /// <summary>The last tap that valid options use.</summary>
    public static Tap DeepestTap(GatysOptions options) =>
        options.StyleLayers.Concat(options.ContentLayers).Select(Tap.Parse).Max();

    /// <summary>What messages call a painting.</summary>
    public static string NameOf(StyleSource style, int index) => $"style '{style.Name ?? (index + 1).ToString()}'";

    private static IEnumerable<string> LayerProblems(string kind, IReadOnlyList<string> layers) =>
        layers.Where(layer => !Tap.TryParse(layer, out _))
            .Select(layer => $"{kind} '{layer}' is unknown; allowed: {Tap.AllowedNames}");

    private static IEnumerable<string> PictureProblems(string name, Picture picture)
    {
        if (Math.Min(picture.Width, picture.Height) < SmallestSide)
            yield return $"{name} is {picture.Width} x {picture.Height} pixels; allowed: at least {SmallestSide} on each side";
    }
}
