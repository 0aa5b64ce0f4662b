namespace Pastiche.Colours;

/// <summary>
/// How colours move, as a function of the colour that is smooth: what pixels of about the same colour move by is averaged over cells of
/// CIELAB with tent-shaped weights, and read between the cells' centres. Neighbouring colours stay neighbours, so that grain
/// and the borders of flat areas do not come out as speckles.
/// </summary>
internal sealed class ColourShift
{
    // Distance of the cells' centres. At 6 flat areas were still grainy, at 12 no more, and larger ones move less of the histogram.
    private const float Cell = 12;

    // a* and b* of sRGB are within this.
    private const float Reach = 120;

    private const int Lightnesses = (int)(100 / Cell) + 2, Chromas = (int)(2 * Reach / Cell) + 2;

    // Weight and weighted sums of the three coordinates' steps, of each cell.
    private readonly double[] _cells = new double[4 * Lightnesses * Chromas * Chromas];

    /// <summary>Averages.</summary>
    /// <param name="from">Where colours are.</param>
    /// <param name="to">Where they move, pixel by pixel.</param>
    public ColourShift(LabPicture from, LabPicture to)
    {
        int pixels = from.Pixels;
        for (int i = 0; i < pixels; i++)
        {
            float weight = from.Weights is null ? 1 : from.Weights[i];
            var place = new Place(from, i);
            for (int corner = 0; corner < 8; corner++)
            {
                (int cell, float share) = place.Corner(corner);
                share *= weight;
                _cells[cell] += share;
                for (int band = 0; band < 3; band++)
                    _cells[cell + 1 + band] += share * (to.Values[band * pixels + i] - from.Values[band * pixels + i]);
            }
        }
    }

    /// <summary>Moves colours.</summary>
    public LabPicture Apply(LabPicture picture)
    {
        int pixels = picture.Pixels;
        float[] values = [.. picture.Values];
        LabPicture.ForEach(pixels, i =>
        {
            var place = new Place(picture, i);
            for (int corner = 0; corner < 8; corner++)
            {
                (int cell, float share) = place.Corner(corner);
                double weight = _cells[cell];
                for (int band = 0; band < 3 && weight > 0; band++)
                    values[band * pixels + i] += (float)(share * _cells[cell + 1 + band] / weight);
            }
        });
        return picture with { Values = values };
    }

    /// <summary>Where a pixel's colour lies among the cells.</summary>
    private readonly struct Place
    {
        private readonly int _cell;
        private readonly float _l, _a, _b;

        public Place(LabPicture picture, int pixel)
        {
            (int l, _l) = Split(picture.Values[pixel] / Cell, Lightnesses);
            (int a, _a) = Split((picture.Values[picture.Pixels + pixel] + Reach) / Cell, Chromas);
            (int b, _b) = Split((picture.Values[2 * picture.Pixels + pixel] + Reach) / Cell, Chromas);
            _cell = 4 * ((l * Chromas + a) * Chromas + b);
        }

        public (int Cell, float Share) Corner(int corner)
        {
            (int l, int a, int b) = (corner >> 2, (corner >> 1) & 1, corner & 1);
            float share = (l == 0 ? 1 - _l : _l) * (a == 0 ? 1 - _a : _a) * (b == 0 ? 1 - _b : _b);
            return (_cell + 4 * ((l * Chromas + a) * Chromas + b), share);
        }

        private static (int Index, float Fraction) Split(float position, int count)
        {
            position = Math.Clamp(position, 0, count - 1.001f);
            int index = (int)position;
            return (index, position - index);
        }
    }
}
