using Pastiche.Cli.Options;
using Pastiche.Imaging;

namespace Pastiche.Cli;

/// <summary>What a command that makes pictures needs of the library; tests put in their own.</summary>
/// <typeparam name="TRequest">What the library is asked for.</typeparam>
/// <param name="Read">Decodes a picture; throws <see cref="InvalidInputException"/> when there is none.</param>
/// <param name="Write">Encodes a picture in the format of the file's extension; the file is complete or absent.</param>
/// <param name="CheckWritable">Throws <see cref="InvalidInputException"/> when a picture of this size, if known, cannot be written to this file.</param>
/// <param name="WritableExtensions">The extensions that can be written, with their dots.</param>
/// <param name="ModelOf">The model that a request gets.</param>
/// <param name="Run">Does what is asked for.</param>
internal sealed record CommandServices<TRequest>(
    Func<string, Picture> Read,
    Action<Picture, string> Write,
    Action<string, (int Width, int Height)?> CheckWritable,
    IReadOnlyList<string> WritableExtensions,
    Func<TRequest, string> ModelOf,
    Func<TRequest, IProgress<StyleProgress>?, CancellationToken, StyleResult> Run)
{
    private const int ColoursTold = 6;

    /// <summary>Reads a picture that the command line names; <c>null</c>, with problems, when it cannot be read.</summary>
    /// <param name="path">The file; blank when the command line names none, which is reported elsewhere.</param>
    /// <param name="problems">Receives what is wrong.</param>
    public Picture? TryRead(string? path, List<string> problems) =>
        string.IsNullOrWhiteSpace(path) ? null : Attempt.At(() => Read(path), problems);

    /// <summary>Reads the paintings that can be read.</summary>
    /// <param name="styles">The paintings.</param>
    /// <param name="problems">Receives what is wrong with the others.</param>
    public List<StyleSource> ReadStyles(IEnumerable<StyleArgument> styles, List<string> problems)
    {
        List<StyleSource> sources = [];
        foreach (StyleArgument style in styles)
        {
            if (TryRead(style.File, problems) is { } picture)
                sources.Add(new StyleSource(picture, style.Weight, style.File) { Mask = ReadMask(style.Mask, problems) });
        }
        return sources;
    }

    /// <summary>Reads the regions that can be read.</summary>
    /// <param name="regions">The regions.</param>
    /// <param name="problems">Receives what is wrong with the others.</param>
    public IReadOnlyList<StyleRegion> ReadRegions(IReadOnlyList<RegionArgument> regions, List<string> problems)
    {
        if (regions.Count == 0)
            return [];
        List<StyleRegion> read = [];
        foreach (RegionArgument region in regions)
        {
            List<StyleSource> styles = ReadStyles(region.Styles, problems);
            if (ReadMask(region.Mask, problems) is { } mask)
                read.Add(new StyleRegion(mask, styles, region.Name));
        }
        return read;
    }

    private Picture? ReadMask(MaskArgument? mask, List<string> problems)
    {
        if (TryRead(mask?.File, problems) is not { } picture)
            return null;
        if (!LabelColour.TryParse(mask!.Colour, out LabelColour colour))
            return picture;
        IReadOnlyList<(LabelColour Colour, double Share)> colours = RegionLabels.ColoursOf(picture);
        if (colours.Any(part => part.Colour == colour))
            return RegionLabels.MaskOf(picture, colour);
        string largest = string.Join(", ", colours.Take(ColoursTold).Select(part => part.Colour));
        problems.Add($"'{mask.File}' has no pixel of the colour {colour}; its largest areas are {largest}");
        return null;
    }

    /// <summary>Why a picture cannot be written to a file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="size">The picture's size, if known.</param>
    public IReadOnlyList<string> WriteProblems(string file, (int Width, int Height)? size)
    {
        try
        {
            CheckWritable(file, size);
            return [];
        }
        catch (InvalidInputException exception)
        {
            return exception.Problems;
        }
    }
}
