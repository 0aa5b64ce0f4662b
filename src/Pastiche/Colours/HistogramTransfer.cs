namespace Pastiche.Colours;

/// <summary>
/// Gives a painting the distribution of other colours by sliced optimal transport (Pitie, Kokaram and Dahyot, "Automated colour grading
/// using colour distribution transfer", 2007; Rabin et al., "Wasserstein barycenter and its application to texture mixing", 2011): round
/// by round, colours move along three directions at right angles so that the histogram along each becomes the target's. It begins
/// with the linear map of <see cref="CovarianceTransfer"/>, and what is left to move is smoothed over colours
/// (<see cref="ColourShift"/>).
/// </summary>
internal static class HistogramTransfer
{
    private const int Rounds = 12;

    private const double GoldenSection = 0.6180339887498949;

    /// <summary>Changes the colours of a picture.</summary>
    /// <param name="picture">The picture.</param>
    /// <param name="target">The picture whose distribution of colours it gets.</param>
    /// <returns>The picture with colours that sRGB has.</returns>
    public static LabPicture Apply(LabPicture picture, LabPicture target)
    {
        LabPicture linear = CovarianceTransfer.Apply(picture, target.Statistics());
        LabPicture moved = linear with { Values = [.. linear.Values] };
        for (int round = 0; round < Rounds; round++)
        {
            foreach (float[] direction in Directions(round))
                Move(moved, direction, target);
        }
        return new ColourShift(linear, moved).Apply(linear).Fit();
    }

    private static void Move(LabPicture picture, float[] direction, LabPicture target)
    {
        float[] along = Project(picture, direction);
        var own = ColourHistogram.Of(along, picture.Weights);
        var wanted = ColourHistogram.Of(Project(target, direction), target.Weights);
        LabPicture.ForEach(picture.Pixels, i =>
        {
            float step = wanted.Quantile(own.Rank(along[i])) - along[i];
            for (int band = 0; band < 3; band++)
                picture.Values[band * picture.Pixels + i] += step * direction[band];
        });
    }

    private static float[] Project(LabPicture picture, float[] direction)
    {
        int pixels = picture.Pixels;
        float[] values = picture.Values, along = new float[pixels];
        LabPicture.ForEach(pixels, i => along[i] = direction[0] * values[i] + direction[1] * values[pixels + i] + direction[2] * values[2 * pixels + i]);
        return along;
    }

    // The axes themselves first, then turned by multiples of the golden section and of its square, which never repeat.
    private static float[][] Directions(int round)
    {
        (double sin1, double cos1) = Math.SinCos(round * GoldenSection * Math.PI);
        (double sin2, double cos2) = Math.SinCos(round * GoldenSection * GoldenSection * Math.PI);
        return
        [
            [(float)cos1, (float)(sin1 * cos2), (float)(sin1 * sin2)],
            [(float)-sin1, (float)(cos1 * cos2), (float)(cos1 * sin2)],
            [0, (float)-sin2, (float)cos2],
        ];
    }
}
