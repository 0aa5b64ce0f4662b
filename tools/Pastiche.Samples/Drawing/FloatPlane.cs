namespace Pastiche.Samples.Drawing;

/// <summary>One number a pixel: a mask, a density, a height.</summary>
internal sealed class FloatPlane(int width, int height)
{
    public int Width => width;

    public int Height => height;

    public float[] Values { get; } = new float[width * height];

    /// <summary>The value at a place; outside the plane its border is repeated.</summary>
    public float this[int x, int y]
    {
        get => Values[Math.Clamp(y, 0, height - 1) * width + Math.Clamp(x, 0, width - 1)];
        set => Values[y * width + x] = value;
    }

    /// <summary>A plane whose values are a function of the place. The rows run in parallel.</summary>
    public static FloatPlane Of(int width, int height, Func<int, int, float> value)
    {
        var plane = new FloatPlane(width, height);
        Parallel.For(0, height, y =>
        {
            for (int x = 0; x < width; x++)
                plane[x, y] = value(x, y);
        });
        return plane;
    }

    /// <summary>A blurred copy: three box filters, which come close to a Gaussian of standard deviation <paramref name="radius"/>.</summary>
    public FloatPlane Blurred(int radius)
    {
        FloatPlane plane = this;
        for (int pass = 0; pass < 3; pass++)
            plane = plane.BoxedRows(radius).Transposed().BoxedRows(radius).Transposed();
        return plane;
    }

    private FloatPlane BoxedRows(int radius)
    {
        var result = new FloatPlane(width, height);
        Parallel.For(0, height, y =>
        {
            float sum = 0;
            for (int x = -radius; x <= radius; x++)
                sum += this[x, y];
            for (int x = 0; x < width; x++)
            {
                result[x, y] = sum / (2 * radius + 1);
                sum += this[x + radius + 1, y] - this[x - radius, y];
            }
        });
        return result;
    }

    private FloatPlane Transposed() => Of(height, width, (x, y) => this[y, x]);
}
