namespace Pastiche.Networks;

/// <summary>
/// Pictures with the statistics of photographs, for a network whose mean activations nobody has measured: opaque discs of all
/// sizes that cover one another (the "dead leaves" model, Lee, Mumford and Huang, IJCV 2001), lit, with fine grain. They are
/// the same on every machine.
/// </summary>
internal static class CalibrationPictures
{
    /// <summary>Side of a picture in pixels.</summary>
    public const int Side = 256;

    private const int Pictures = 4;
    private const int Discs = 1500;
    private const double SmallestRadius = 3, LargestRadius = 100;

    // Chosen so that VGG-19 responds about as strongly as to photographs.
    private const double DarkestGrey = 0.2, GreyRange = 0.45;

    /// <summary>Draws the pictures: planes <c>[3, 256, 256]</c>, 0 to 1.</summary>
    public static IEnumerable<(float[] Planes, int Height, int Width)> Draw() =>
        Enumerable.Range(0, Pictures).Select(seed => (Draw(new Random(seed)), Side, Side));

    private static float[] Draw(Random random)
    {
        var planes = new float[3 * Side * Side];
        for (int disc = 0; disc < Discs; disc++)
            DrawDisc(planes, random, RadiusOf(random, disc));
        for (int i = 0; i < planes.Length; i++)
            planes[i] = Math.Clamp(planes[i] + (float)(random.NextDouble() - 0.5) * 0.04f, 0, 1);
        return planes;
    }

    // Radii are distributed as 1 / r^3, which makes the picture look the same at every scale; the first discs only fill it.
    private static double RadiusOf(Random random, int disc)
    {
        if (disc < 20)
            return LargestRadius;
        double low = 1 / (SmallestRadius * SmallestRadius), high = 1 / (LargestRadius * LargestRadius);
        return 1 / Math.Sqrt(low + (high - low) * random.NextDouble());
    }

    private static void DrawDisc(float[] planes, Random random, double radius)
    {
        double centreX = random.NextDouble() * Side, centreY = random.NextDouble() * Side;
        double grey = DarkestGrey + GreyRange * random.NextDouble(), lightX = random.NextDouble() - 0.5, lightY = random.NextDouble() - 0.5;
        double[] colour = [.. Enumerable.Range(0, 3).Select(_ => grey + 0.15 * (random.NextDouble() - 0.5))];
        int top = Math.Max(0, (int)(centreY - radius)), bottom = Math.Min(Side - 1, (int)(centreY + radius) + 1);
        int left = Math.Max(0, (int)(centreX - radius)), right = Math.Min(Side - 1, (int)(centreX + radius) + 1);
        for (int y = top; y <= bottom; y++)
        {
            for (int x = left; x <= right; x++)
            {
                double dx = (x - centreX) / radius, dy = (y - centreY) / radius;
                if (dx * dx + dy * dy > 1)
                    continue;
                double light = 0.2 * (dx * lightX + dy * lightY);
                for (int channel = 0; channel < 3; channel++)
                    planes[(channel * Side + y) * Side + x] = (float)Math.Clamp(colour[channel] + light, 0, 1);
            }
        }
    }
}
