using Pastiche.Imaging;
using Pastiche.Regions;

namespace Pastiche;

/// <summary>What an engine works on, at any size.</summary>
/// <param name="content">The photograph, at the size of the result; of a texture its size alone counts.</param>
/// <param name="styles">The paintings; an engine that has read this very list does not read it again.</param>
/// <param name="start">Gives where to start for the photograph at a size, <c>[3, height, width]</c>.</param>
/// <param name="map">Gives what is painted where for a width and a height; <c>null</c>: all paintings everywhere.</param>
internal sealed class EngineInput(
    Picture content, IReadOnlyList<WeightedStyle> styles, Func<Picture, float[]> start, Func<int, int, RegionMap?> map)
{
    private float[]? _start;
    private RegionMap? _map;

    /// <summary>The photograph, at the size of the result.</summary>
    public Picture Content => content;

    /// <summary>The paintings.</summary>
    public IReadOnlyList<WeightedStyle> Styles => styles;

    /// <summary>Makes a result of what the engine reached at the size of the result.</summary>
    public Func<Picture, Picture> Finish { get; init; } = picture => picture;

    /// <summary>Where to start, at the size of the result.</summary>
    public float[] Start => _start ??= start(content);

    /// <summary>What is painted where, at the size of the result.</summary>
    public RegionMap? Map => _map ??= map(content.Width, content.Height);

    /// <summary>The same for a smaller picture; nothing is to be finished of that.</summary>
    /// <param name="width">Its width.</param>
    /// <param name="height">Its height.</param>
    public EngineInput At(int width, int height) => (width, height) == (content.Width, content.Height)
        ? this
        : new EngineInput(Resampling.Resize(content, width, height), styles, start, map);

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
