using Pastiche.Imaging;
using Pastiche.Regions;

namespace Pastiche;

/// <summary>A painting at the size at which its style is read, and its share.</summary>
/// <param name="Picture">The painting; what does not count of it is transparent.</param>
/// <param name="Weight">Its share.</param>
/// <param name="Name">What messages call it.</param>
internal readonly record struct WeightedStyle(Picture Picture, double Weight, string Name = "the painting")
{
    /// <summary>Brings paintings to the size at which their style is read.</summary>
    public static IReadOnlyList<WeightedStyle> At(int longSide, IReadOnlyList<StyleSource> styles) =>
        [.. styles.Select((style, index) => new WeightedStyle(Part(EngineInput.Fit(style.Picture, longSide), style.Mask), style.Weight, RequestValidation.NameOf(style, index)))];

    private static Picture Part(Picture painting, Picture? mask) => mask is null ? painting : Mask.Of(mask).Cut(painting);
}

/// <summary>What an engine knows of the paintings. Each is read once, when it is first asked for.</summary>
/// <param name="styles">The paintings.</param>
/// <param name="read">Reads one.</param>
internal sealed class StyleReadings<T>(IReadOnlyList<WeightedStyle> styles, Func<WeightedStyle, T> read)
{
    private readonly List<T> _read = [];

    /// <summary>The paintings.</summary>
    public IReadOnlyList<WeightedStyle> Styles => styles;

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
