using Pastiche.Imaging;
using Pastiche.Optimizers;

namespace Pastiche.Engines;

/// <summary>What the search of a run at one size remembered at its end, on the run's canvas.</summary>
internal sealed record GatysMemories(SearchState Search, Canvas Canvas)
{
    /// <summary>
    /// The same for another size. Steps and changes of the gradient are scaled like pictures; what follows of them for the curvature is near
    /// enough that the search goes on instead of starting anew.
    /// </summary>
    /// <param name="canvas">The other canvas.</param>
    /// <param name="history">Steps to take along at most.</param>
    public SearchState On(Canvas canvas, int history)
    {
        SearchState newest = LbfgsMemory.Newest(Search, history);
        return newest with { Arrays = newest.Arrays.ToDictionary(array => array.Key, array => Scale(array.Value)) };

        float[] Scale(float[] values)
        {
            var planes = new float[3 * Canvas.PictureHeight * Canvas.PictureWidth];
            Canvas.Crop(values, planes);
            return canvas.Enlarge(Resampling.Resize(planes, (Canvas.PictureWidth, Canvas.PictureHeight), (canvas.PictureWidth, canvas.PictureHeight)));
        }
    }
}
