using NetVips;
using Pastiche.Imaging;

namespace Pastiche.Samples;

/// <summary>Writes a drawn picture as JPEG.</summary>
internal static class SampleFile
{
    /// <summary>Writes beside the file first, so that an interrupted run leaves the old picture whole.</summary>
    public static void Write(Picture picture, string path)
    {
        int area = picture.Width * picture.Height;
        byte[] interleaved = new byte[3 * area];
        for (int i = 0; i < interleaved.Length; i++)
            interleaved[i] = (byte)MathF.Round(255 * picture.Planes[i % 3 * area + i / 3]);

        using Image image = Image.NewFromMemoryCopy(interleaved, picture.Width, picture.Height, 3, Enums.BandFormat.Uchar)
            .Copy(interpretation: Enums.Interpretation.Srgb);
        string temporary = path + ".tmp";
        File.WriteAllBytes(temporary, image.JpegsaveBuffer(q: 90, optimizeCoding: true, subsampleMode: Enums.ForeignSubsample.On));
        File.Move(temporary, path, overwrite: true);
    }
}
