using System.Numerics.Tensors;
using Pastiche.Imaging;

namespace Pastiche.Regions;

/// <summary>How much of each pixel of a picture belongs to something: a region, a part of a painting.</summary>
/// <param name="Width">Width in pixels.</param>
/// <param name="Height">Height in pixels.</param>
/// <param name="Shares"><c>[Height, Width]</c>, 0 to 1.</param>
internal sealed record Mask(int Width, int Height, float[] Shares)
{
    /// <summary>Reads a grey picture: white belongs, black does not, grey in part; a colour counts as its mean. What is transparent does not.</summary>
    public static Mask Of(Picture picture)
    {
        int pixels = picture.Width * picture.Height;
        var shares = new float[pixels];
        ReadOnlySpan<float> red = picture.Planes.AsSpan(0, pixels), green = picture.Planes.AsSpan(pixels, pixels), blue = picture.Planes.AsSpan(2 * pixels, pixels);
        for (int i = 0; i < pixels; i++)
            shares[i] = Math.Clamp((red[i] + green[i] + blue[i]) / 3, 0, 1) * (picture.Alpha is { } alpha ? Math.Clamp(alpha[i], 0, 1) : 1);
        return new Mask(picture.Width, picture.Height, shares);
    }

    /// <summary>The area that belongs, in pixels.</summary>
    public double Area => Shares.Sum(share => (double)share);

    /// <summary>Whether nothing belongs.</summary>
    public bool IsEmpty => TensorPrimitives.Max<float>(Shares) <= 0;

    /// <summary>
    /// Brings the mask to another size by means over areas. Its shape may change: what is at the borders stays there.
    /// </summary>
    public Mask Resize(int width, int height)
    {
        if (width == Width && height == Height)
            return this;
        float[] columns = new ShareFilter(Width, width).FilterRows(Shares, Height);        // [width, Height]
        float[] shares = new ShareFilter(Height, height).FilterRows(columns, width);       // [height, width]
        TensorPrimitives.Clamp(shares, 0f, 1f, shares);
        return new Mask(width, height, shares);
    }

    /// <summary>Leaves of a picture only what belongs: the rest becomes transparent, which is what statistics pass over.</summary>
    /// <param name="picture">A picture of the mask's shape.</param>
    public Picture Cut(Picture picture)
    {
        float[] alpha = [.. Resize(picture.Width, picture.Height).Shares];
        if (picture.Alpha is not null)
            TensorPrimitives.Multiply(alpha, picture.Alpha, alpha);
        return new Picture(picture.Width, picture.Height, picture.Planes, alpha, picture.IccProfile);
    }

    /// <summary>
    /// Whether a mask's shape is a picture's, as far as whole pixels can tell: its short side is what its long side leads to, give or
    /// take less than one pixel.
    /// </summary>
    public static bool Fits(int maskWidth, int maskHeight, int width, int height) => maskWidth >= maskHeight
        ? Math.Abs((double)maskWidth * height / width - maskHeight) < 1
        : Math.Abs((double)maskHeight * width / height - maskWidth) < 1;
}
