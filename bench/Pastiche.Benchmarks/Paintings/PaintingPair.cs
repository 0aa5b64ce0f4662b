using Pastiche.Imaging;

namespace Pastiche.Benchmarks.Paintings;

/// <summary>A photograph and a painting, by their files' names.</summary>
internal sealed record PaintingPair(string Content, string Style)
{
    /// <summary>Faces, texture, sky, crowds and plain surfaces; paintings from fine strokes to large shapes.</summary>
    public static IReadOnlyList<PaintingPair> All { get; } =
    [
        new("kodim04.png", "starry_night.jpg"),
        new("kodim05.png", "great_wave.jpg"),
        new("kodim12.png", "composition_vii.jpg"),
        new("kodim03.png", "mosaic.jpg"),
        new("kodim08.png", "delaunay_portrait.jpg"),
        new("kodim10.png", "van_gogh_cafe.jpg"),
    ];

    /// <summary>The photograph from a folder, its long side as given.</summary>
    public Picture ReadContent(string folder, int longSide) => Read(folder, Content, longSide);

    /// <summary>The painting from a folder, its long side as given.</summary>
    public Picture ReadStyle(string folder, int longSide) => Read(folder, Style, longSide);

    public override string ToString() => $"{Path.GetFileNameWithoutExtension(Content)}-{Path.GetFileNameWithoutExtension(Style)}";

    private static Picture Read(string folder, string name, int longSide)
    {
        Picture picture = PictureFile.Read(Path.Combine(folder, name));
        (int width, int height) = Resampling.FitLongSide(picture.Width, picture.Height, longSide);
        return Resampling.Resize(picture, width, height);
    }
}
