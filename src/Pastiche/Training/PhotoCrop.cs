using System.Buffers;
using System.Numerics.Tensors;
using Pastiche.Imaging;

namespace Pastiche.Training;

/// <summary>A square of a photograph, and how it is changed on its way to the network.</summary>
/// <param name="Left">Its first column.</param>
/// <param name="Top">Its first row.</param>
/// <param name="Window">Its side in the photograph's pixels.</param>
/// <param name="IsFlipped">Whether left and right are exchanged.</param>
/// <param name="Jitter">The change of its colours.</param>
internal readonly record struct PhotoCrop(int Left, int Top, int Window, bool IsFlipped, ColourJitter Jitter)
{
    /// <summary>The largest reduction: a window is at most so many times as long as the result's side.</summary>
    public const int LargestReduction = 3;

    /// <summary>
    /// Draws a crop. The window's side is log-uniform from <paramref name="side"/> to three times that, as far as the photograph
    /// reaches; one whose short side is below <paramref name="side"/> gives a window of its short side, which is enlarged.
    /// </summary>
    /// <param name="random">The random numbers.</param>
    /// <param name="photo">The photograph.</param>
    /// <param name="side">The result's side in pixels.</param>
    public static PhotoCrop Draw(ref SplitMix64 random, Photo photo, int side)
    {
        int least = Math.Min(side, photo.ShortSide), most = Math.Min(LargestReduction * side, photo.ShortSide);
        int window = Math.Min((int)(least * Math.Pow((most + 1.0) / least, random.NextDouble())), most);
        int left = random.NextInt(photo.Width - window + 1), top = random.NextInt(photo.Height - window + 1);
        bool isFlipped = random.NextInt(2) == 1;
        return new PhotoCrop(left, top, window, isFlipped, ColourJitter.Draw(ref random));
    }

    /// <summary>Cuts the square out of a photograph.</summary>
    /// <param name="photo">The photograph.</param>
    /// <param name="filter">From <see cref="Window"/> to the result's side.</param>
    /// <param name="planes">Receives red, green, blue, <c>[3, side, side]</c>, 0 to 1.</param>
    public void Cut(Photo photo, LanczosFilter filter, Span<float> planes)
    {
        int side = filter.OutputLength;
        float[] buffer = ArrayPool<float>.Shared.Rent((Window + 1) * Window);
        Span<float> window = buffer.AsSpan(0, Window * Window), mixed = buffer.AsSpan(Window * Window, Window);
        for (int channel = 0; channel < 3; channel++)
        {
            for (int y = 0; y < Window; y++)
            {
                int start = (channel * photo.Height + Top + y) * photo.Width + Left;
                TensorPrimitives.ConvertTruncating<byte, float>(photo.Planes.AsSpan(start, Window), window[(y * Window)..]);
            }
            for (int y = 0; y < side; y++)
            {
                filter.MixRows(window, Window, y, mixed);
                Span<float> row = planes.Slice((channel * side + y) * side, side);
                filter.FilterRow(mixed, row);
                if (IsFlipped)
                    row.Reverse();
            }
        }
        ArrayPool<float>.Shared.Return(buffer);

        TensorPrimitives.Multiply(planes, 1f / byte.MaxValue, planes);
        Jitter.Apply(planes);
        TensorPrimitives.Clamp(planes, 0f, 1f, planes);
    }
}
