namespace Pastiche.Training;

/// <summary>A slight change of a picture's colours, so that a network does not learn the light of its photographs by heart.</summary>
/// <param name="Brightness">Factor of every colour.</param>
/// <param name="Contrast">Factor of the distance from the picture's mean grey.</param>
/// <param name="Saturation">Factor of the distance from each pixel's own grey.</param>
internal readonly record struct ColourJitter(double Brightness, double Contrast, double Saturation)
{
    /// <summary>The largest change of each factor, up or down.</summary>
    public const double Strength = 0.15;

    // Luma of BT.601, the usual grey of sRGB-encoded values.
    private const float Red = 0.299f, Green = 0.587f, Blue = 0.114f;

    /// <summary>Changes nothing.</summary>
    public static ColourJitter None { get; } = new(1, 1, 1);

    /// <summary>Draws factors; one in three pictures is left as it is.</summary>
    public static ColourJitter Draw(ref SplitMix64 random) => random.NextInt(3) == 0
        ? None
        : new(Factor(ref random), Factor(ref random), Factor(ref random));

    /// <summary>Changes the colours of a picture in place. They are not clamped.</summary>
    /// <param name="planes">Red, green, blue, <c>[3, pixels]</c>.</param>
    public void Apply(Span<float> planes)
    {
        if (this == None)
            return;
        int pixels = planes.Length / 3;
        Span<float> red = planes[..pixels], green = planes[pixels..(2 * pixels)], blue = planes[(2 * pixels)..];
        double sum = 0;
        for (int i = 0; i < pixels; i++)
            sum += Grey(red[i], green[i], blue[i]);

        // Brightness and contrast are one straight line for every colour.
        var slope = (float)(Brightness * Contrast);
        var offset = (float)((1 - Contrast) * Brightness * sum / pixels);
        var saturation = (float)Saturation;
        for (int i = 0; i < pixels; i++)
        {
            float grey = (1 - saturation) * (slope * Grey(red[i], green[i], blue[i]) + offset);
            red[i] = saturation * (slope * red[i] + offset) + grey;
            green[i] = saturation * (slope * green[i] + offset) + grey;
            blue[i] = saturation * (slope * blue[i] + offset) + grey;
        }
    }

    private static float Grey(float red, float green, float blue) => Red * red + Green * green + Blue * blue;

    private static double Factor(ref SplitMix64 random) => random.NextDouble(1 - Strength, 1 + Strength);
}
