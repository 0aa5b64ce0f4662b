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

    public override string ToString() => $"{Path.GetFileNameWithoutExtension(Content)}-{Path.GetFileNameWithoutExtension(Style)}";
}
