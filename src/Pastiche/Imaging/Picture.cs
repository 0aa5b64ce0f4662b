namespace Pastiche.Imaging;

/// <summary>
/// A decoded picture: three colour planes and what has to survive a repainting (transparency, colour profile).
/// Immutable by convention: the arrays belong to the picture and are not to be written to.
/// </summary>
public sealed class Picture
{
    /// <summary>Wraps planes that are already in memory.</summary>
    /// <param name="width">Width in pixels, at least 1.</param>
    /// <param name="height">Height in pixels, at least 1.</param>
    /// <param name="planes">Red, green and blue planes one after the other, <c>[3, height, width]</c>, sRGB-encoded, 0 to 1.</param>
    /// <param name="alpha">Opacity <c>[height, width]</c>, 0 to 1; <c>null</c> when the picture is opaque.</param>
    /// <param name="iccProfile">The RGB colour profile to give the picture when it is written; <c>null</c> for sRGB.</param>
    /// <exception cref="ArgumentException">An array's length does not fit the size.</exception>
    public Picture(int width, int height, float[] planes, float[]? alpha = null, byte[]? iccProfile = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        ArgumentNullException.ThrowIfNull(planes);
        if (planes.Length != 3L * width * height)
            throw new ArgumentException($"{planes.Length} values are not 3 x {height} x {width}", nameof(planes));
        if (alpha is not null && alpha.Length != (long)width * height)
            throw new ArgumentException($"{alpha.Length} values are not {height} x {width}", nameof(alpha));
        (Width, Height, Planes, Alpha, IccProfile) = (width, height, planes, alpha, iccProfile);
    }

    /// <summary>Width in pixels.</summary>
    public int Width { get; }

    /// <summary>Height in pixels.</summary>
    public int Height { get; }

    /// <summary>Colour <c>[3, height, width]</c>: red, green, blue; sRGB-encoded, 0 to 1.</summary>
    public float[] Planes { get; }

    /// <summary>Opacity <c>[height, width]</c>, 0 to 1; <c>null</c> when the picture is opaque.</summary>
    public float[]? Alpha { get; }

    /// <summary>The RGB colour profile that the file had and that a result made from it is written with; <c>null</c> for sRGB.</summary>
    public byte[]? IccProfile { get; }

    /// <summary>
    /// A text that is written into the file with the picture, in its XMP metadata; <c>null</c>: none. Reading a picture leaves it out:
    /// <see cref="PictureFile.ReadNote(string)"/> gives it.
    /// </summary>
    public string? Note { get; private init; }

    /// <summary>The same picture with another text.</summary>
    /// <param name="note">The text; <c>null</c>: none.</param>
    public Picture WithNote(string? note) => new(Width, Height, Planes, Alpha, IccProfile) { Note = note };
}
