using Pastiche.Compute;

namespace Pastiche.Transforms;

/// <summary>A rectangle of a feature map's pixels.</summary>
/// <param name="Top">Its first row.</param>
/// <param name="Left">Its first column.</param>
/// <param name="Height">Rows.</param>
/// <param name="Width">Columns.</param>
internal readonly record struct FeatureWindow(int Top, int Left, int Height, int Width)
{
    /// <summary>All pixels of a map.</summary>
    public static FeatureWindow Whole(FeatureMap map) => new(0, 0, map.Height, map.Width);
}
