using Pastiche.Imaging;

namespace Pastiche.Grids;

/// <summary>A picture that is drawn on: pictures, lines, and text in <see cref="StrokeFont"/>.</summary>
internal sealed class SheetCanvas
{
    // Stroke width in units of the font's grid; below a pixel or so letters would fade.
    private const double StrokeWidth = 0.75, ThinnestStroke = 1.2;

    private readonly int _width, _height;
    private readonly float[] _planes;
    private readonly float _paper;

    /// <summary>An empty canvas.</summary>
    /// <param name="width">Its width in pixels.</param>
    /// <param name="height">Its height in pixels.</param>
    /// <param name="paper">Its grey, 0 to 1.</param>
    public SheetCanvas(int width, int height, float paper)
    {
        (_width, _height, _paper) = (width, height, paper);
        _planes = new float[3 * height * width];
        Array.Fill(_planes, paper);
    }

    /// <summary>Fills a rectangle with grey.</summary>
    public void Fill(int left, int top, int width, int height, float grey)
    {
        for (int row = 0; row < 3 * height; row++)
        {
            (int channel, int y) = Math.DivRem(row, height);
            _planes.AsSpan((channel * _height + top + y) * _width + left, width).Fill(grey);
        }
    }

    /// <summary>Copies a picture; the paper shows through where it is transparent.</summary>
    public void Paste(Picture picture, int left, int top)
    {
        for (int row = 0; row < 3 * picture.Height; row++)
        {
            (int channel, int y) = Math.DivRem(row, picture.Height);
            Span<float> target = _planes.AsSpan((channel * _height + top + y) * _width + left, picture.Width);
            picture.Planes.AsSpan(row * picture.Width, picture.Width).CopyTo(target);
            for (int x = 0; picture.Alpha is not null && x < target.Length; x++)
                target[x] = _paper + (target[x] - _paper) * picture.Alpha[y * picture.Width + x];
        }
    }

    /// <summary>Writes a line of text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="left">Where its box begins.</param>
    /// <param name="top">Where its box begins.</param>
    /// <param name="style">Its size and grey.</param>
    public void Write(string text, int left, int top, TextStyle style)
    {
        foreach ((StrokeFont.Glyph glyph, int x) in StrokeFont.Lay(text))
            Write(glyph, left + style.Padding + x * style.Unit, top + style.Padding, style);
    }

    /// <summary>Draws a line with round ends.</summary>
    /// <param name="x0">Where it begins, in pixels; their corners are whole numbers.</param>
    /// <param name="y0">Where it begins.</param>
    /// <param name="x1">Where it ends.</param>
    /// <param name="y1">Where it ends.</param>
    /// <param name="width">Its width in pixels.</param>
    /// <param name="colour"><c>0xRRGGBB</c>.</param>
    public void Line(double x0, double y0, double x1, double y1, double width, int colour)
    {
        var stroke = new StrokeFont.Stroke((float)x0, (float)y0, (float)x1, (float)y1);
        double reach = width / 2 + 1;
        for (int y = Math.Max(0, (int)(Math.Min(y0, y1) - reach)); y <= Math.Min(_height - 1, Math.Max(y0, y1) + reach); y++)
        {
            for (int x = Math.Max(0, (int)(Math.Min(x0, x1) - reach)); x <= Math.Min(_width - 1, Math.Max(x0, x1) + reach); x++)
                Cover(x, y, colour, (float)Math.Clamp(width / 2 + 0.5 - Distance(stroke, x + 0.5, y + 0.5), 0, 1));
        }
    }

    /// <summary>What was drawn.</summary>
    public Picture ToPicture() => new(_width, _height, _planes);

    private void Write(StrokeFont.Glyph glyph, double left, double top, TextStyle style)
    {
        double radius = Math.Max(ThinnestStroke, StrokeWidth * style.Unit) / 2, reach = radius + 1;
        int right = (int)Math.Ceiling(left + glyph.Width * style.Unit + reach);
        int bottom = (int)Math.Ceiling(top + StrokeFont.FullHeight * style.Unit + reach);
        for (int y = Math.Max(0, (int)(top - reach)); y <= Math.Min(_height - 1, bottom); y++)
        {
            for (int x = Math.Max(0, (int)(left - reach)); x <= Math.Min(_width - 1, right); x++)
            {
                double distance = double.PositiveInfinity;
                foreach (StrokeFont.Stroke stroke in glyph.Strokes)
                    distance = Math.Min(distance, Distance(stroke, (x + 0.5 - left) / style.Unit, (y + 0.5 - top) / style.Unit));
                Darken(x, y, style.Grey, (float)Math.Clamp(radius + 0.5 - distance * style.Unit, 0, 1));
            }
        }
    }

    private void Cover(int x, int y, int colour, float share)
    {
        for (int channel = 0; share > 0 && channel < 3; channel++)
            Blend(channel, x, y, (colour >> (16 - 8 * channel) & 0xff) / 255f, share);
    }

    private void Darken(int x, int y, float grey, float share)
    {
        for (int channel = 0; share > 0 && channel < 3; channel++)
            Blend(channel, x, y, grey, share);
    }

    private void Blend(int channel, int x, int y, float value, float share)
    {
        ref float pixel = ref _planes[(channel * _height + y) * _width + x];
        pixel += (value - pixel) * share;
    }

    // From a point to a stroke, in grid units.
    private static double Distance(StrokeFont.Stroke stroke, double x, double y)
    {
        double dx = stroke.X1 - stroke.X0, dy = stroke.Y1 - stroke.Y0, length = dx * dx + dy * dy;
        double along = length == 0 ? 0 : Math.Clamp(((x - stroke.X0) * dx + (y - stroke.Y0) * dy) / length, 0, 1);
        return double.Hypot(x - stroke.X0 - along * dx, y - stroke.Y0 - along * dy);
    }
}
