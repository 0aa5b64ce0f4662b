using Pastiche.Imaging;
using Pastiche.Optimizers;

namespace Pastiche.Engines;

/// <summary>What the search of a run at one size remembered at its end, on the run's canvas. It can be handed on once.</summary>
internal sealed class GatysMemories(SearchState search, Canvas canvas)
{
    // Pixels beyond which what is left behind is hundreds of megabytes, which nobody would collect as long as the machine has more.
    private const int LargePicture = 2_000_000;

    private readonly Dictionary<string, float[]> _arrays = new(search.Arrays);
    private readonly IReadOnlyDictionary<string, double> _numbers = search.Numbers;

    /// <summary>
    /// The same for another size. Steps and changes of the gradient are scaled like pictures; what follows of them for the curvature is near
    /// enough that the search goes on instead of starting anew.
    /// </summary>
    /// <param name="target">The canvas of the other size.</param>
    /// <param name="history">Steps to take along at most.</param>
    public SearchState HandOn(Canvas target, int history)
    {
        SearchState newest = LbfgsMemory.Newest(new SearchState(0, new Dictionary<string, float[]>(_arrays), _numbers), history);
        _arrays.Clear();
        // What is needed for one array serves all.
        var cropped = new float[canvas.Margin == 0 ? 0 : 3 * canvas.PictureHeight * canvas.PictureWidth];
        var scaled = new float[target.Margin == 0 ? 0 : 3 * target.PictureHeight * target.PictureWidth];
        newest = newest with { Arrays = newest.Arrays.ToDictionary(array => array.Key, array => Scale(array.Value)) };
        Tidy(target.Height, target.Width);
        return newest;

        float[] Scale(float[] values)
        {
            float[] from = canvas.Margin == 0 ? values : cropped;
            float[] to = target.Margin == 0 ? new float[3 * target.Height * target.Width] : scaled;
            if (canvas.Margin > 0)
                canvas.Crop(values, cropped);
            Resampling.Resize(from, (canvas.PictureWidth, canvas.PictureHeight), to, (target.PictureWidth, target.PictureHeight));
            return target.Enlarge(to);
        }
    }

    /// <summary>Forgets it at the end of a run, and has the memory back at once that large pictures took.</summary>
    public void Forget()
    {
        _arrays.Clear();
        Tidy(canvas.Height, canvas.Width);
    }

    private static void Tidy(int height, int width)
    {
        if ((long)height * width > LargePicture)
            GC.Collect();
    }
}
