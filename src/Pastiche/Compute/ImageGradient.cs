namespace Pastiche.Compute;

/// <summary>
/// The gradient with respect to the picture, gathered from rectangles. Each rectangle writes a partial picture that reaches
/// one pixel beyond it; the partial pictures are added up in their order, so the sum does not depend on the threads.
/// </summary>
internal sealed unsafe class ImageGradient : IDisposable
{
    private const int TileRows = 4;
    private const int TileColumns = 7;

    /// <summary>Rows of the largest rectangle, in pixels.</summary>
    public const int MaxRows = TileRows * Units.TileSize;

    /// <summary>Columns of the largest rectangle, in pixels.</summary>
    public const int MaxColumns = TileColumns * Units.TileSize;

    /// <summary>Floats between two rows of a partial picture.</summary>
    public const int RowStride = MaxColumns + 2;

    /// <summary>Floats between two channels of a partial picture.</summary>
    public const int PlaneStride = RowStride * (MaxRows + 2);

    private readonly NativeBuffer _partials = new();
    private TileRun[] _rectangles = [];
    private int _height, _width;

    /// <summary>The rectangles of tiles that cover the picture.</summary>
    public IReadOnlyList<TileRun> Rectangles => _rectangles;

    /// <summary>Sets the picture's size.</summary>
    public void Reshape(int height, int width)
    {
        if (height == _height && width == _width)
            return;
        (_height, _width) = (height, width);
        _rectangles = Divide(height, width);
        _partials.Reserve((long)_rectangles.Length * 3 * PlaneStride);
    }

    /// <summary>The rectangles of tiles that cover a picture.</summary>
    public static TileRun[] Divide(int height, int width)
    {
        var rows = new EvenSplit(Units.DivideUp(height, Units.TileSize), TileRows);
        var columns = new EvenSplit(Units.DivideUp(width, Units.TileSize), TileColumns);
        return [.. from y in Enumerable.Range(0, rows.Groups)
                   from x in Enumerable.Range(0, columns.Groups)
                   select TileRun.Rectangle(rows.Start(y), columns.Start(x), rows.Count(y), columns.Count(x))];
    }

    /// <summary>A rectangle's partial picture, zeroed: <c>[3][rows + 2][columns + 2]</c>, its origin one pixel above and left.</summary>
    public float* Begin(int rectangle)
    {
        float* partial = _partials.Pointer + (nint)rectangle * 3 * PlaneStride;
        new Span<float>(partial, 3 * PlaneStride).Clear();
        return partial;
    }

    /// <summary>Adds up one channel of the picture.</summary>
    /// <param name="channel">The network's input channel.</param>
    /// <param name="plane">Receives <c>[height, width]</c>.</param>
    /// <param name="scale">What each value is multiplied with.</param>
    /// <param name="padding">The padding of the forward pass: what was mirrored gets the gradient of its mirror image too.</param>
    public void Gather(int channel, Span<float> plane, float scale, PaddingKind padding)
    {
        plane.Clear();
        for (int i = 0; i < _rectangles.Length; i++)
        {
            (int top, int left, int rows, int columns) = PixelsOf(_rectangles[i]);
            float* partial = _partials.Pointer + ((nint)i * 3 + channel) * PlaneStride;
            for (int row = 0; row < rows + 2; row++, partial += RowStride)
            {
                int y = top + row - 1;
                bool isOutside = y < 0 || y >= _height;
                if (isOutside && padding == PaddingKind.Zero)
                    continue;
                Span<float> target = plane.Slice(Reflection.Inside(y, _height) * _width, _width);
                int first = Math.Max(0, left - 1), end = Math.Min(_width, left + columns + 1);
                float* source = partial - (left - 1);
                for (int x = first; x < end; x++)
                    target[x] += source[x] * scale;
                if (padding == PaddingKind.Zero)
                    continue;
                if (left == 0)
                    target[Reflection.Inside(-1, _width)] += source[-1] * scale;
                if (left + columns == _width)
                    target[Reflection.Inside(_width, _width)] += source[_width] * scale;
            }
        }
    }

    /// <summary>The pixels of a rectangle of tiles that lie in the picture.</summary>
    public (int Top, int Left, int Rows, int Columns) PixelsOf(TileRun run)
    {
        int columns = run.Right - run.Left;
        int top = run.Y * Units.TileSize, left = run.Left * Units.TileSize;
        return (top, left,
            Math.Min(run.Count / columns * Units.TileSize, _height - top), Math.Min(columns * Units.TileSize, _width - left));
    }

    public void Dispose() => _partials.Dispose();
}
