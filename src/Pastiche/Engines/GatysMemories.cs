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
        // Arrays of hundreds of megabytes: what is needed for one serves all.
        var cropped = new float[Canvas.Margin == 0 ? 0 : 3 * Canvas.PictureHeight * Canvas.PictureWidth];
        var scaled = new float[canvas.Margin == 0 ? 0 : 3 * canvas.PictureHeight * canvas.PictureWidth];
        return newest with { Arrays = newest.Arrays.ToDictionary(array => array.Key, array => Scale(array.Value)) };

        float[] Scale(float[] values)
        {
            float[] from = Canvas.Margin == 0 ? values : cropped;
            float[] to = canvas.Margin == 0 ? new float[3 * canvas.Height * canvas.Width] : scaled;
            if (Canvas.Margin > 0)
                Canvas.Crop(values, cropped);
            Resampling.Resize(from, (Canvas.PictureWidth, Canvas.PictureHeight), to, (canvas.PictureWidth, canvas.PictureHeight));
            return canvas.Enlarge(to);
        }
    }
}
