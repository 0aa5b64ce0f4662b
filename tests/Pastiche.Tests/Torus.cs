namespace Pastiche.Tests;

/// <summary>Pictures whose opposite borders are neighbours.</summary>
internal static class Torus
{
    /// <summary>Moves planes, <c>[channels, height, width]</c>, down and to the right; what leaves comes in on the other side.</summary>
    public static float[] Roll(float[] planes, int height, int width, int down, int right)
    {
        var result = new float[planes.Length];
        for (int i = 0; i < planes.Length; i++)
        {
            (int row, int x) = Math.DivRem(i, width);
            (int channel, int y) = Math.DivRem(row, height);
            result[(channel * height + (y + down) % height) * width + (x + right) % width] = planes[i];
        }
        return result;
    }

    /// <summary>
    /// The mean step from the last row and column to the first, in units of the mean step between neighbours inside: about 1 when
    /// there is no seam.
    /// </summary>
    public static double Seam(float[] planes, int height, int width)
    {
        double across = 0, inside = 0;
        int acrossCount = 0, insideCount = 0;
        for (int i = 0; i < planes.Length; i++)
        {
            (int row, int x) = Math.DivRem(i, width);
            (int channel, int y) = Math.DivRem(row, height);
            Add(x == width - 1, planes[row * width + (x + 1) % width] - planes[i]);
            Add(y == height - 1, planes[(channel * height + (y + 1) % height) * width + x] - planes[i]);
        }
        return across / acrossCount / (inside / insideCount);

        void Add(bool isAcross, float step)
        {
            if (isAcross)
                (across, acrossCount) = (across + Math.Abs(step), acrossCount + 1);
            else
                (inside, insideCount) = (inside + Math.Abs(step), insideCount + 1);
        }
    }
}
