using Pastiche.Transforms;

namespace Pastiche.Colours;

/// <summary>
/// Gives a painting the whole distribution of other colours: sliced optimal transport (Pitie, Kokaram and Dahyot, "Automated colour
/// grading using colour distribution transfer", 2007; Rabin et al., "Wasserstein barycenter and its application to texture mixing", 2011). Round by
/// round, colours move along three directions at right angles so that the histogram along each becomes the target's. It begins
/// with the linear map of <see cref="CovarianceTransfer"/>, so that there is little left to move.
/// </summary>
internal static class HistogramTransfer
{
    private const int Rounds = 12;

    /// <summary>Changes the colours of a picture.</summary>
    /// <param name="picture">The picture.</param>
    /// <param name="target">The picture whose distribution of colours it gets.</param>
    public static LabPicture Apply(LabPicture picture, LabPicture target)
    {
        LabPicture moved = CovarianceTransfer.Apply(picture, target.Statistics());
        for (int round = 0; round < Rounds; round++)
        {
            foreach (float[] direction in Directions(round))
                Move(moved, direction, target);
        }
        return moved;
    }

    private static void Move(LabPicture picture, float[] direction, LabPicture target)
    {
        float[] along = Project(picture, direction);
        var own = ColourHistogram.Of(along, picture.Weights);
        var wanted = ColourHistogram.Of(Project(target, direction), target.Weights);
        for (int i = 0; i < along.Length; i++)
        {
            float step = wanted.Quantile(own.Rank(along[i])) - along[i];
            for (int band = 0; band < 3; band++)
                picture.Values[band * picture.Pixels + i] += step * direction[band];
        }
    }

    private static float[] Project(LabPicture picture, float[] direction)
    {
        int pixels = picture.Pixels;
        var along = new float[pixels];
        for (int i = 0; i < pixels; i++)
            along[i] = direction[0] * picture.Values[i] + direction[1] * picture.Values[pixels + i] + direction[2] * picture.Values[2 * pixels + i];
        return along;
    }

    // The axes themselves first, then turned by angles that never repeat (multiples of the golden section and of its square).
    private static float[][] Directions(int round)
    {
        const double Golden = 0.6180339887498949;
        double first = round * Golden * Math.PI, second = round * Golden * Golden * Math.PI;
        (double s, double c) = Math.SinCos(first);
        (double t, double d) = Math.SinCos(second);
        return
        [
            [(float)c, (float)(s * d), (float)(s * t)],
            [(float)-s, (float)(c * d), (float)(c * t)],
            [0, (float)-t, (float)d],
        ];
    }
}
