using System.Numerics;

namespace Pastiche.Samples.Drawing;

/// <summary>
/// Square tiles that line up with a direction field, as a mosaic layer sets them: a centroidal Voronoi diagram whose
/// distance is the larger of the two coordinates in the tile's own, turned frame (after Hausner, "Simulating Decorative
/// Mosaics", SIGGRAPH 2001, which uses the sum). Tiles never cross from one part of the picture to another.
/// </summary>
internal sealed class Tesserae
{
    private const int Cell = 24;

    private readonly int _width, _height, _columns;
    private readonly Func<float, float, int> _part;
    private readonly Func<float, float, float> _angle;
    private readonly List<int>[] _cells;
    private readonly Vector2[] _places;
    private readonly int[] _parts;
    private readonly Vector2[] _axes;

    /// <summary>Scatters tiles.</summary>
    /// <param name="size">Width and height of the picture.</param>
    /// <param name="part">The part of the picture at a place.</param>
    /// <param name="angle">The direction of the rows of tiles, in radians.</param>
    /// <param name="spacing">The side of a tile in a part, in canvas pixels, at most 24.</param>
    public Tesserae((int Width, int Height) size, Func<float, float, int> part, Func<float, float, float> angle, Func<int, float> spacing, Random random)
    {
        (_width, _height, _part, _angle) = (size.Width, size.Height, part, angle);
        _columns = _width / Cell + 1;
        _cells = [.. Enumerable.Range(0, _columns * (_height / Cell + 1)).Select(_ => new List<int>())];
        _places = [.. Scatter(spacing, random)];
        _parts = [.. _places.Select(place => part(place.X, place.Y))];
        _axes = new Vector2[_places.Length];
        Sort();
    }

    /// <summary>Where each tile lies.</summary>
    public IReadOnlyList<Vector2> Places => _places;

    /// <summary>Moves each tile to the middle of the ground that it covers, again and again (Lloyd's algorithm).</summary>
    public void Settle(int rounds)
    {
        for (int round = 0; round < rounds; round++)
        {
            int[] map = Map(step: 2);
            var sums = new Vector3[_places.Length];
            for (int i = 0; i < map.Length; i++)
            {
                if (map[i] >= 0)
                    sums[map[i]] += new Vector3(i % _width, i / _width, 1);
            }
            for (int tile = 0; tile < sums.Length; tile++)
            {
                var middle = new Vector2(sums[tile].X, sums[tile].Y) / MathF.Max(sums[tile].Z, 1);
                if (sums[tile].Z > 0 && _part(middle.X, middle.Y) == _parts[tile])
                    _places[tile] = middle;
            }
            Sort();
        }
    }

    /// <summary>The tile that covers each pixel, -1 where none does; with a step only each step-th pixel is looked at.</summary>
    public int[] Map(int step = 1)
    {
        int[] map = new int[_width * _height];
        Array.Fill(map, -1);
        Parallel.For(0, _height / step, row =>
        {
            int y = row * step;
            for (int x = 0; x < _width; x += step)
                map[y * _width + x] = Nearest(x, y);
        });
        return map;
    }

    private IEnumerable<Vector2> Scatter(Func<int, float> spacing, Random random)
    {
        int[] parts = [.. Enumerable.Range(0, _width * _height / 16).Select(i => _part(i * 4 % _width, i * 4 / _width * 4)).Distinct()];
        foreach (IGrouping<float, int> alike in parts.GroupBy(spacing))
        {
            float side = alike.Key;
            for (float y = side / 2; y < _height; y += side)
            {
                for (float x = side / 2; x < _width; x += side)
                {
                    var place = new Vector2(x + 0.5f * side * (random.NextSingle() - 0.5f), y + 0.5f * side * (random.NextSingle() - 0.5f));
                    if (alike.Contains(_part(place.X, place.Y)))
                        yield return place;
                }
            }
        }
    }

    private void Sort()
    {
        foreach (List<int> cell in _cells)
            cell.Clear();
        for (int tile = 0; tile < _places.Length; tile++)
        {
            (float sin, float cos) = MathF.SinCos(_angle(_places[tile].X, _places[tile].Y));
            _axes[tile] = new Vector2(cos, sin);
            int column = Math.Clamp((int)_places[tile].X / Cell, 0, _columns - 1), row = Math.Clamp((int)_places[tile].Y / Cell, 0, _cells.Length / _columns - 1);
            _cells[row * _columns + column].Add(tile);
        }
    }

    private int Nearest(int x, int y)
    {
        int part = _part(x, y), best = -1;
        float least = float.MaxValue;
        for (int row = Math.Max(y / Cell - 2, 0); row <= Math.Min(y / Cell + 2, _cells.Length / _columns - 1); row++)
        {
            for (int column = Math.Max(x / Cell - 2, 0); column <= Math.Min(x / Cell + 2, _columns - 1); column++)
            {
                foreach (int tile in _cells[row * _columns + column])
                {
                    float dx = x - _places[tile].X, dy = y - _places[tile].Y;
                    Vector2 axis = _axes[tile];
                    float distance = MathF.Max(MathF.Abs(dx * axis.X + dy * axis.Y), MathF.Abs(dy * axis.X - dx * axis.Y));
                    if (distance < least && _parts[tile] == part)
                        (least, best) = (distance, tile);
                }
            }
        }
        return best;
    }
}
