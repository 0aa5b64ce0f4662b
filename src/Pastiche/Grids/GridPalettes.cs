using Pastiche.Imaging;

namespace Pastiche.Grids;

/// <summary>The pictures whose colours the cells of a grid take, each file read once.</summary>
internal sealed class GridPalettes
{
    private readonly Dictionary<string, Picture> _read = [];

    /// <summary>The cells with their palettes.</summary>
    /// <param name="cells">The cells.</param>
    /// <param name="problems">Receives one line for each file that cannot be read.</param>
    public IReadOnlyList<GridCell> Load(IReadOnlyList<GridCell> cells, List<string> problems)
    {
        HashSet<string> told = [];
        List<GridCell> loaded = [];
        foreach (GridCell cell in cells)
        {
            try
            {
                loaded.Add(cell with { Request = cell.Request with { Colours = cell.Request.Colours.WithPalette(Read) } });
            }
            catch (InvalidInputException exception)
            {
                problems.AddRange(exception.Problems.Where(told.Add));
            }
        }
        return loaded;
    }

    private Picture Read(string file)
    {
        if (!_read.TryGetValue(file, out Picture? picture))
            _read.Add(file, picture = PictureFile.Read(file));
        return picture;
    }
}
