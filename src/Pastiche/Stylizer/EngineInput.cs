using Pastiche.Imaging;
using Pastiche.Regions;

namespace Pastiche;

/// <summary>What an engine works on, at the size at which it works.</summary>
/// <param name="Content">The photograph; of a texture its size alone counts.</param>
/// <param name="Start">Where to start, <c>[3, height, width]</c>.</param>
/// <param name="Styles">The paintings; an engine that has read the same list before does not read them again.</param>
/// <param name="Map">What is painted where; <c>null</c>: all paintings everywhere.</param>
internal sealed record EngineInput(Picture Content, float[] Start, IReadOnlyList<WeightedStyle> Styles, RegionMap? Map = null)
{
    /// <summary>Makes a result of what the engine reached.</summary>
    public Func<Picture, Picture> Finish { get; init; } = picture => picture;

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
