using NetVips;
using Pastiche.Imaging;
using static Pastiche.Tests.Imaging.TestImages;

namespace Pastiche.Tests.Imaging;

/// <summary>EXIF orientation: a picture stored in any of the eight ways is read upright.</summary>
public sealed class OrientationTests
{
    private const int Width = 48, Height = 32;

    public static TheoryData<int, string> Cases()
    {
        var cases = new TheoryData<int, string>();
        foreach (string extension in (string[])[".png", ".tif", ".webp", ".jpg"])
        {
            for (int orientation = 1; orientation <= 8; orientation++)
                cases.Add(orientation, extension);
        }
        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Stored_in_any_way_it_is_read_upright(int orientation, string extension)
    {
        using Image stored = Store(orientation);
        byte[] bytes = stored.WriteToBuffer(extension);

        Picture picture = PictureFile.Read(bytes, "test");

        Assert.Equal((Width, Height), (picture.Width, picture.Height));
        for (int y = 4; y < Height; y += 8)
        {
            for (int x = 4; x < Width; x += 8)
                AssertClose([.. Colour(x, y).Select(value => value / 255f)], picture.Pixel(x, y), 0.06);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(9)]
    public void An_orientation_that_does_not_exist_changes_nothing(int orientation)
    {
        using Image stored = Store(1).With("orientation", orientation);
        Picture picture = PictureFile.Read(stored.PngsaveBuffer(), "test");
        Assert.Equal((Width, Height), (picture.Width, picture.Height));
    }

    [Theory]
    [InlineData("Landscape")]
    [InlineData("Portrait")]
    public void The_published_test_pictures_are_alike(string series)
    {
        string folder = SharedData.Path("images/exif");
        Picture upright = PictureFile.Read(Path.Combine(folder, $"{series}_1.jpg"));
        Assert.Equal(series == "Landscape", upright.Width > upright.Height);

        for (int orientation = 0; orientation <= 8; orientation++)
        {
            Picture picture = PictureFile.Read(Path.Combine(folder, $"{series}_{orientation}.jpg"));
            double rms = Rms(upright, picture);
            Assert.True(rms < 0.05, $"{series}_{orientation} differs by {rms}");
        }

        Picture turned = new(upright.Width, upright.Height, [.. upright.Planes.Reverse()]);
        Assert.True(Rms(upright, turned) > 0.1, "the pictures must be asymmetric for this test to mean something");
    }

    // Blocks of 8 x 8 pixels, so that JPEG and WebP keep their colours; no two blocks of a row or column are alike.
    private static byte[] Colour(int x, int y) => [(byte)(40 * (x / 8)), (byte)(60 * (y / 8)), 128];

    // Where the stored row r and column c lie in the upright picture (EXIF 2.3, tag 274: "the 0th row is the visual ...").
    private static (int X, int Y) Visual(int orientation, int r, int c) => orientation switch
    {
        1 => (c, r),
        2 => (Width - 1 - c, r),
        3 => (Width - 1 - c, Height - 1 - r),
        4 => (c, Height - 1 - r),
        5 => (r, c),
        6 => (Width - 1 - r, c),
        7 => (Width - 1 - r, Height - 1 - c),
        _ => (r, Height - 1 - c),
    };

    private static Image Store(int orientation)
    {
        (int rows, int columns) = orientation < 5 ? (Height, Width) : (Width, Height);
        var pixels = new byte[3 * rows * columns];
        for (int r = 0; r < rows; r++)
        {
            for (int c = 0; c < columns; c++)
            {
                (int x, int y) = Visual(orientation, r, c);
                Colour(x, y).CopyTo(pixels, 3 * ((r * columns) + c));
            }
        }
        return FromBytes(pixels, columns, rows).With("orientation", orientation);
    }
}
