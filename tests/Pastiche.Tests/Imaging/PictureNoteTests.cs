using System.Text;
using NetVips;
using Pastiche.Imaging;

namespace Pastiche.Tests.Imaging;

public sealed class PictureNoteTests : IDisposable
{
    private const string Note = "{ \"style\": \"Sternennacht <1889> & \\\"größer\\\".jpg\", \"emoji\": \"\U0001F58C\" }";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    public static TheoryData<string> Extensions => [.. PictureFile.WritableExtensions];

    [Theory]
    [MemberData(nameof(Extensions))]
    public void Every_format_holds_the_note_and_the_same_pixels(string extension)
    {
        Picture picture = TestImages.Smooth(40, 30, hasAlpha: true);
        string plain = _folder.File("plain" + extension), noted = _folder.File("noted" + extension);

        PictureFile.Write(picture, plain);
        PictureFile.Write(picture.WithNote(Note), noted);

        Assert.Equal(Note, PictureFile.ReadNote(noted));
        Assert.Null(PictureFile.ReadNote(plain));
        Assert.Equal(PictureFile.Read(plain).Planes, PictureFile.Read(noted).Planes);
        Assert.Equal(PictureFile.Read(plain).Alpha, PictureFile.Read(noted).Alpha);
    }

    [Fact]
    public void Note_is_not_carried_into_another_picture()
    {
        string path = _folder.File("a.png");
        PictureFile.Write(TestImages.Smooth(20, 20).WithNote(Note), path);

        Assert.Null(PictureFile.Read(path).Note);
        Assert.Null(TestImages.Smooth(20, 20).WithNote(Note).WithNote(null).Note);
    }

    [Fact]
    public void Colour_profile_stays_beside_the_note()
    {
        string path = _folder.File("a.png");
        Picture picture = TestImages.Smooth(20, 20);
        var profiled = new Picture(20, 20, picture.Planes, iccProfile: TestProfiles.WideRgb());

        PictureFile.Write(profiled.WithNote(Note), path);

        Assert.Equal(Note, PictureFile.ReadNote(path));
        Assert.NotNull(PictureFile.Read(path).IccProfile);
    }

    [Theory]
    [InlineData("no XML at all")]
    [InlineData("<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><other/></x:xmpmeta>")]
    [InlineData("<!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>")]
    public void Metadata_of_other_programs_is_no_note(string packet)
    {
        PictureFile.Write(TestImages.Smooth(20, 20), _folder.File("plain.png"));
        using (Image image = Image.NewFromFile(_folder.File("plain.png")))
        using (Image other = image.Mutate(fields => fields.Set(GValue.BlobType, "xmp-data", Encoding.UTF8.GetBytes(packet))))
            other.Pngsave(_folder.File("other.png"));

        Assert.Null(PictureFile.ReadNote(_folder.File("other.png")));
    }

    [Fact]
    public void What_is_no_picture_is_named()
    {
        File.WriteAllText(_folder.File("a.png"), "text");
        Assert.Contains("a.png", Assert.Throws<InvalidInputException>(() => PictureFile.ReadNote(_folder.File("a.png"))).Message);
        Assert.Contains("does not exist", Assert.Throws<InvalidInputException>(() => PictureFile.ReadNote(_folder.File("b.png"))).Message);
    }
}
