namespace Pastiche.Compute;

/// <summary>The end of a decoder: the first channels of a convolution become planes, as they are.</summary>
internal sealed unsafe class PlaneSink : ITileSink
{
    /// <summary>Receives <c>[channels, height, width]</c>.</summary>
    public float* Planes { get; set; }

    /// <summary>Planes, at most sixteen.</summary>
    public int Channels { get; set; }

    public int Height { get; set; }

    public int Width { get; set; }

    public void Store(in OutputTile tile, int block, int worker)
    {
        int rows = Math.Min(tile.Size, Height - tile.Top), columns = Math.Min(tile.Size, Width - tile.Left);
        for (int channel = 0; channel < Channels; channel++)
        {
            for (int row = 0; row < rows; row++)
            {
                float* source = tile.Row(row) + channel;
                float* target = Planes + ((nint)channel * Height + tile.Top + row) * Width + tile.Left;
                for (int column = 0; column < columns; column++)
                    target[column] = source[column * FeatureMap.BlockSize];
            }
        }
    }
}
