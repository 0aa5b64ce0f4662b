using Pastiche.Imaging;

namespace Pastiche;

/// <summary>A painting at the size at which its style is read, and its share.</summary>
internal readonly record struct WeightedStyle(Picture Picture, double Weight)
{
    /// <summary>Brings paintings to the size at which their style is read.</summary>
    public static IReadOnlyList<WeightedStyle> At(int longSide, IReadOnlyList<StyleSource> styles) =>
        [.. styles.Select(style => new WeightedStyle(EngineInput.Fit(style.Picture, longSide), style.Weight))];
}

/// <summary>What an engine knows of the paintings. Each is read once, when it is first asked for.</summary>
/// <param name="styles">The paintings.</param>
/// <param name="read">Reads one.</param>
internal sealed class StyleReadings<T>(IReadOnlyList<WeightedStyle> styles, Func<WeightedStyle, T> read)
{
    private readonly List<T> _read = [];

    /// <summary>What was read, in the paintings' order.</summary>
    /// <param name="cancellation">
    /// Stops between two paintings with an <see cref="OperationCanceledException"/>; the next call goes on from there.
    /// </param>
    public IReadOnlyList<T> Get(CancellationToken cancellation)
    {
        while (_read.Count < styles.Count)
        {
            cancellation.ThrowIfCancellationRequested();
            _read.Add(read(styles[_read.Count]));
        }
        return _read;
    }
}
