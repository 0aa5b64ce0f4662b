namespace Pastiche.Colours;

/// <summary>
/// Style transfer in lightness alone (Gatys et al., "Preserving Color in Neural Artistic Style Transfer", arXiv 1606.05897, section 3.2):
/// photograph and painting become grey, the painting with the photograph's mean and deviation of L*; what comes out gives the
/// lightness, with that mean and deviation again, and the photograph hue and chroma.
/// </summary>
internal static class LuminanceTransfer
{
    /// <summary>A painting to take the style from.</summary>
    /// <param name="painting">The painting.</param>
    /// <param name="photograph">The photograph; what counts of it is what the painting is for.</param>
    public static LabPicture Painting(LabPicture painting, LabPicture photograph)
    {
        LabPicture grey = painting.Grey();
        LightnessTransfer.Apply(grey.Lightness, grey.Weights, LightnessTransfer.Moments(photograph.Lightness, photograph.Weights));
        return grey;
    }

    /// <summary>Makes the result of what was painted.</summary>
    /// <param name="painted">What was painted; its lightness counts.</param>
    /// <param name="photograph">The photograph, of the same size.</param>
    /// <param name="cover">How much of each pixel is painted, 0 to 1; what is not stays as it is. <c>null</c>: all.</param>
    public static LabPicture Result(LabPicture painted, LabPicture photograph, float[]? cover)
    {
        float[]? weights = photograph.Within(cover).Weights;
        float[] values = [.. photograph.Values];
        painted.Lightness.CopyTo(values);
        LabPicture result = photograph with { Values = values };
        LightnessTransfer.Apply(result.Lightness, weights, LightnessTransfer.Moments(photograph.Lightness, weights), cover);
        return result;
    }
}
