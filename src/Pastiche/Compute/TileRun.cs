namespace Pastiche.Compute;

/// <summary>
/// Tiles in the order in which a kernel walks them: from (<see cref="Y"/>, <see cref="X"/>) to the right, wrapping before
/// <see cref="Right"/> back to <see cref="Left"/>. A stretch of a whole grid and a rectangle in it are both such runs.
/// </summary>
internal readonly record struct TileRun(int Y, int X, int Left, int Right, int Count)
{
    /// <summary>Consecutive tiles of a grid that is <paramref name="columns"/> wide.</summary>
    public static TileRun Stretch(int first, int count, int columns) =>
        new(first / columns, first % columns, 0, columns, count);

    /// <summary>A rectangle of tiles.</summary>
    public static TileRun Rectangle(int y, int x, int rows, int columns) => new(y, x, x, x + columns, rows * columns);

    /// <summary>A part of this run.</summary>
    public TileRun Slice(int start, int count)
    {
        int offset = X - Left + start;
        int columns = Right - Left;
        return this with { Y = Y + offset / columns, X = Left + offset % columns, Count = count };
    }

    /// <summary>The tile that follows.</summary>
    public (int Y, int X) Next(int y, int x) => x + 1 == Right ? (y + 1, Left) : (y, x + 1);
}

/// <summary>
/// Splits items into groups that differ by at most one: a remainder never falls to a group of its own. The larger groups come
/// first, so that groups of one size follow one another.
/// </summary>
internal readonly struct EvenSplit
{
    private readonly int _least;

    /// <summary>Splits items.</summary>
    /// <param name="items">Items, at least one.</param>
    /// <param name="most">Items of a group at most.</param>
    public EvenSplit(int items, int most)
    {
        Groups = Units.DivideUp(items, most);
        (_least, LargerGroups) = Math.DivRem(items, Groups);
    }

    public int Groups { get; }

    /// <summary>How many of the groups, from the first, have one item more than the others: none when all are of one size.</summary>
    public int LargerGroups { get; }

    public int Start(int group) => group * _least + Math.Min(group, LargerGroups);

    public int Count(int group) => group < LargerGroups ? _least + 1 : _least;
}
