namespace Pastiche.Samples.Drawing;

/// <summary>How far each pixel lies from the border of its cell.</summary>
internal static class Seams
{
    /// <summary>The distance, in pixels, to the nearest pixel of another cell: a chamfer transform in two sweeps (Borgefors, 1986).</summary>
    public static FloatPlane Distance(int[] cells, int width, int height)
    {
        var distance = new FloatPlane(width, height);
        Array.Fill(distance.Values, 1e6f);
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                int cell = cells[y * width + x];
                bool border = (x > 0 && cells[y * width + x - 1] != cell) || (y > 0 && cells[(y - 1) * width + x] != cell);
                distance[x, y] = border ? 0 : Reach(distance, x, y, -1);
            }
        }
        for (int y = height - 1; y >= 0; y--)
        {
            for (int x = width - 1; x >= 0; x--)
                distance[x, y] = MathF.Min(distance[x, y], Reach(distance, x, y, 1));
        }
        return distance;
    }

    private static float Reach(FloatPlane distance, int x, int y, int ahead)
    {
        float straight = MathF.Min(distance[x + ahead, y], distance[x, y + ahead]) + 1;
        float diagonal = MathF.Min(distance[x + ahead, y + ahead], distance[x - ahead, y + ahead]) + 1.414f;
        return MathF.Min(straight, diagonal);
    }
}
