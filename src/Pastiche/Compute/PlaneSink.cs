namespace Pastiche.Compute;

/// <summary>The end of a decoder: the first channels of a convolution become planes, as they are.</summary>
internal sealed unsafe class PlaneSink : ITileSink
{
    private const int Size = Units.TileSize;

    /// <summary>Receives <c>[channels, height, width]</c>.</summary>
    public float* Planes { get; set; }

    /// <summary>Planes, at most sixteen.</summary>
    public int Channels { get; set; }

    public int Height { get; set; }

    public int Width { get; set; }

    public void Store(float* tile, int block, int y, int x, int worker)
    {
        int top = y * Size, left = x * Size;
        int rows = Math.Min(Size, Height - top), columns = Math.Min(Size, Width - left);
        for (int channel = 0; channel < Channels; channel++)
        {
            for (int row = 0; row < rows; row++)
            {
                float* source = tile + row * Size * FeatureMap.BlockSize + channel;
                float* target = Planes + ((nint)channel * Height + top + row) * Width + left;
                for (int column = 0; column < columns; column++)
                    target[column] = source[column * FeatureMap.BlockSize];
            }
        }
    }
}
