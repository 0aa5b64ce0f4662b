using NetVips;
using Pastiche.Imaging;

namespace Pastiche.Samples;

/// <summary>
/// Writes a drawn picture as a JPEG that is small enough for the repository; <see cref="PictureFile"/> writes results, at nearly
/// twice the size.
/// </summary>
internal static class SampleFile
{
    /// <summary>Writes the file whole or not at all.</summary>
    public static void Write(Picture picture, string path)
    {
        int area = picture.Width * picture.Height;
        byte[] interleaved = new byte[3 * area];
        for (int i = 0; i < interleaved.Length; i++)
            interleaved[i] = (byte)MathF.Round(255 * picture.Planes[i % 3 * area + i / 3]);

        using Image pixels = Image.NewFromMemory(interleaved, picture.Width, picture.Height, 3, Enums.BandFormat.Uchar);
        using Image image = pixels.Copy(interpretation: Enums.Interpretation.Srgb);
        byte[] jpeg = image.JpegsaveBuffer(q: 90, optimizeCoding: true, subsampleMode: Enums.ForeignSubsample.On);
        AtomicFile.Write(path, stream => stream.Write(jpeg));
    }
}
