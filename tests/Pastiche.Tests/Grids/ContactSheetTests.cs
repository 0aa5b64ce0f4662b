using Pastiche.Grids;
using Pastiche.Imaging;

namespace Pastiche.Tests.Grids;

public sealed class ContactSheetTests
{
    private const string Printable =
        " !\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~";

    private static readonly Picture Red = Flat(40, 30, 1, 0, 0), Blue = Flat(30, 40, 0, 0, 1);

    [Fact]
    public void Every_letter_has_a_shape_of_its_own()
    {
        Dictionary<char, string> shapes = Printable.ToDictionary(letter => letter, letter => Shape(letter.ToString()));

        Assert.Equal(shapes.Count, shapes.Values.Distinct().Count());
        string unknown = Shape("語");
        Assert.DoesNotContain(unknown, shapes.Values);
        Assert.Equal(Shape("Ubersee aeo"), Shape("Übersee àêö"));
    }

    [Theory]
    [InlineData(1.75)]
    [InlineData(2.5)]
    public void Letters_stay_within_their_line(double unit)
    {
        var style = new TextStyle(unit, 0);
        foreach (char letter in Printable)
        {
            // A box in the middle of a larger paper: what leaves it would be seen around it.
            int width = style.WidthOf(letter.ToString()), height = style.LineHeight, margin = 10;
            var canvas = new SheetCanvas(width + 2 * margin, height + 2 * margin, 1);
            canvas.Write(letter.ToString(), margin, margin, style);
            Picture picture = canvas.ToPicture();
            for (int i = 0; i < picture.Width * picture.Height; i++)
            {
                (int y, int x) = Math.DivRem(i, picture.Width);
                bool isInside = x >= margin && x < margin + width && y >= margin && y < margin + height;
                Assert.True(isInside || picture.Planes[i] == 1, $"'{letter}' leaves its box at {x}, {y}");
            }
        }
    }

    [Fact]
    public void Neighbouring_letters_do_not_touch()
    {
        var style = new TextStyle(1.75, 0);
        var canvas = new SheetCanvas(style.WidthOf("HH"), style.LineHeight, 1);
        canvas.Write("HH", 0, 0, style);
        Picture picture = canvas.ToPicture();

        // Runs of columns with ink: one for each letter.
        bool[] ink = [.. Enumerable.Range(0, picture.Width).Select(x =>
            Enumerable.Range(0, picture.Height).Any(y => picture.Planes[y * picture.Width + x] < 0.7f))];
        Assert.Equal(2, ink.Where((has, x) => has && (x == 0 || !ink[x - 1])).Count());
    }

    [Theory]
    [InlineData("engine=gatys style-weight=100 iterations=100", 120)]
    [InlineData("averyveryverylongnamewithoutanyplacetobreakit", 80)]
    [InlineData("a/b,c:d", 30)]
    public void Long_texts_are_broken_and_nothing_is_lost(string text, int width)
    {
        var style = new TextStyle(1.75, 0);

        IReadOnlyList<string> lines = style.Wrap([text], width);

        Assert.True(lines.Count > 1);
        Assert.All(lines, line => Assert.InRange(style.WidthOf(line), 1, width));
        Assert.Equal(text.Replace(" ", ""), string.Concat(lines).Replace(" ", ""));
    }

    [Fact]
    public void Pictures_stand_in_rows_and_columns_unchanged()
    {
        Picture sheet = new ContactSheet { Cells = [[new(Red), new(Blue)], [new(Blue)]], CellSide = 64 }.Draw();

        // Columns are as wide as their widest picture, rows as high as their highest, with 8 pixels between and around.
        Assert.Equal((8 + 40 + 8 + 30 + 8, 8 + 40 + 8 + 40 + 8), (sheet.Width, sheet.Height));
        Assert.Equal((1f, 0f, 0f), At(sheet, 8, 8));
        Assert.Equal((1f, 0f, 0f), At(sheet, 47, 37));
        Assert.Equal((1f, 1f, 1f), At(sheet, 8, 38));
        Assert.Equal((0f, 0f, 1f), At(sheet, 56, 8));
        Assert.Equal((0f, 0f, 1f), At(sheet, 8, 56));
        Assert.Equal((1f, 1f, 1f), At(sheet, 56, 56));
    }

    [Fact]
    public void Labels_are_written_and_leave_pictures_alone()
    {
        ContactSheet plain = new() { Cells = [[new(Red), new(Blue)]], CellSide = 64 };
        Picture sheet = new ContactSheet
        {
            Title = ["Title"],
            Columns = [new(["one"], Red), new(["a heading that is much longer"])],
            Rows = [new(["row", "alpha=1"])],
            Cells = [[new(Red, "caption"), new(Blue, "another caption")]],
            CellSide = 64,
        }.Draw();

        Assert.True(sheet.Width > plain.Draw().Width && sheet.Height > plain.Draw().Height);
        // The heading has the picture, too, only smaller.
        Assert.InRange(Pixels(sheet, (1, 0, 0)), 40 * 30 + 100, 2 * 40 * 30);
        Assert.Equal(40 * 30, Pixels(sheet, (0, 0, 1)));
        int grey = Enumerable.Range(0, sheet.Width * sheet.Height).Count(i => At(sheet, i % sheet.Width, i / sheet.Width) is var (r, g, b) && r == g && g == b && r < 0.5f);
        Assert.True(grey > 300, $"{grey} pixels of text");
        Assert.All(Border(sheet), value => Assert.Equal(1, value));
    }

    [Fact]
    public void Large_pictures_are_shrunk_missing_ones_grey_and_transparent_ones_on_white()
    {
        var clear = new Picture(20, 20, new float[1200], new float[400]);

        Picture sheet = new ContactSheet { Cells = [[new(Flat(200, 100, 1, 0, 0)), new(null), new(clear)]], CellSide = 50 }.Draw();

        Assert.Equal(8 + 50 + 8 + 50 + 8 + 20 + 8, sheet.Width);
        Assert.Equal(50 * 25, Pixels(sheet, (1, 0, 0)));
        Assert.Equal(50 * 50, Pixels(sheet, (0.92f, 0.92f, 0.92f)));
        Assert.Equal((1f, 1f, 1f), At(sheet, 8 + 50 + 8 + 50 + 8 + 10, 18));
    }

    private static string Shape(string text)
    {
        var style = new TextStyle(2, 0);
        var canvas = new SheetCanvas(style.WidthOf(text), style.LineHeight, 1);
        canvas.Write(text, 0, 0, style);
        return string.Join(' ', canvas.ToPicture().Planes);
    }

    private static Picture Flat(int width, int height, params float[] colour) =>
        new(width, height, [.. colour.SelectMany(value => Enumerable.Repeat(value, width * height))]);

    private static (float Red, float Green, float Blue) At(Picture picture, int x, int y)
    {
        int i = y * picture.Width + x, plane = picture.Width * picture.Height;
        return (picture.Planes[i], picture.Planes[i + plane], picture.Planes[i + 2 * plane]);
    }

    // Scaling a flat colour gives it back up to rounding, which depends on the vectors' width.
    private static int Pixels(Picture picture, (float Red, float Green, float Blue) colour) =>
        Enumerable.Range(0, picture.Width * picture.Height).Count(i => IsNear(At(picture, i % picture.Width, i / picture.Width), colour));

    private static bool IsNear((float Red, float Green, float Blue) a, (float Red, float Green, float Blue) b) =>
        Math.Max(Math.Abs(a.Red - b.Red), Math.Max(Math.Abs(a.Green - b.Green), Math.Abs(a.Blue - b.Blue))) < 1e-5;

    private static IEnumerable<float> Border(Picture picture) => Enumerable.Range(0, picture.Width * picture.Height)
        .Where(i => i % picture.Width is 0 || i % picture.Width == picture.Width - 1 || i / picture.Width is 0 || i / picture.Width == picture.Height - 1)
        .Select(i => picture.Planes[i]);
}
