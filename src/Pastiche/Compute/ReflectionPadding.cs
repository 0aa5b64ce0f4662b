namespace Pastiche.Compute;

/// <summary>
/// Reflection padding of one pixel around a map, forward and backward. A map's border, otherwise zero, takes the mirrored
/// pixels; the gradient of a padded map is folded back to the pixels that were mirrored. VGG-19 is padded with zeros; networks
/// that were trained with reflection (the decoders of universal style transfer) need this before each convolution.
/// </summary>
internal static unsafe class ReflectionPadding
{
    /// <summary>Fills the border of a map with its mirrored pixels, for the next convolution to read.</summary>
    /// <param name="map">The map.</param>
    /// <param name="padding">Circular: with the pixels of the opposite border instead.</param>
    public static void Fill(FeatureMap map, PaddingKind padding = PaddingKind.Reflection)
    {
        int height = map.Height, width = map.Width;
        int left = padding.Inside(-1, width), right = padding.Inside(width, width);
        for (int block = 0; block < map.Blocks; block++)
        {
            Copy(map.Pixel(block, padding.Inside(-1, height), 0), map.Pixel(block, -1, 0), width);
            Copy(map.Pixel(block, padding.Inside(height, height), 0), map.Pixel(block, height, 0), width);
            // The rows above and below are there by now, so that the corners come right.
            for (int y = -1; y <= height; y++)
            {
                Copy(map.Pixel(block, y, left), map.Pixel(block, y, -1), 1);
                Copy(map.Pixel(block, y, right), map.Pixel(block, y, width), 1);
            }
        }
    }

    /// <summary>Zeroes the border again, as everything but a convolution expects it.</summary>
    public static void Clear(FeatureMap map)
    {
        for (int block = 0; block < map.Blocks; block++)
        {
            Clear(map.Pixel(block, -1, -1), map.Width + 2);
            Clear(map.Pixel(block, map.Height, -1), map.Width + 2);
            for (int y = 0; y < map.Height; y++)
            {
                Clear(map.Pixel(block, y, -1), 1);
                Clear(map.Pixel(block, y, map.Width), 1);
            }
        }
    }

    /// <summary>Moves a gradient into a map that is one pixel larger on each side, whose outermost pixels are zero.</summary>
    /// <remarks>
    /// The backward convolution of the larger map is the gradient with respect to the padded input, border included; it is what
    /// <see cref="Fold"/> takes.
    /// </remarks>
    public static void Enlarge(FeatureMap gradient, FeatureMap enlarged)
    {
        enlarged.Reshape(gradient.Channels, gradient.Height + 2, gradient.Width + 2);
        enlarged.Clear();
        for (int block = 0; block < gradient.Blocks; block++)
        {
            for (int y = 0; y < gradient.Height; y++)
                Copy(gradient.Pixel(block, y, 0), enlarged.Pixel(block, y + 1, 1), gradient.Width);
        }
    }

    /// <summary>Folds the gradient of a padded map back to the map without padding.</summary>
    /// <param name="padded">The gradient <c>[channels, height + 2, width + 2]</c>.</param>
    /// <param name="target">Receives <c>[channels, height, width]</c>.</param>
    public static void Fold(FeatureMap padded, FeatureMap target)
    {
        target.Reshape(padded.Channels, padded.Height - 2, padded.Width - 2);
        target.Clear();
        for (int block = 0; block < padded.Blocks; block++)
        {
            for (int y = -1; y <= target.Height; y++)
            {
                for (int x = -1; x <= target.Width; x++)
                {
                    float* source = padded.Pixel(block, y + 1, x + 1);
                    float* sum = target.Pixel(block, Reflection.Inside(y, target.Height), Reflection.Inside(x, target.Width));
                    for (int lane = 0; lane < FeatureMap.BlockSize; lane++)
                        sum[lane] += source[lane];
                }
            }
        }
    }

    private static void Copy(float* source, float* target, int pixels) =>
        new ReadOnlySpan<float>(source, pixels * FeatureMap.BlockSize).CopyTo(new Span<float>(target, pixels * FeatureMap.BlockSize));

    private static void Clear(float* target, int pixels) => new Span<float>(target, pixels * FeatureMap.BlockSize).Clear();
}
