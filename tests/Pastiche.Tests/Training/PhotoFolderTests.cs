using Pastiche.Imaging;
using Pastiche.Tests.Imaging;
using Pastiche.Training;

namespace Pastiche.Tests.Training;

public sealed class PhotoFolderTests : IDisposable
{
    private const int Side = 64;
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Photographs_are_found_at_every_depth_in_ordinal_order_whatever_they_are_called()
    {
        Directory.CreateDirectory(_folder.File("b/c"));
        Write("b/c/1.png", 80, 70);
        Write("b.png", 90, 70);
        Write("Z.png", 100, 70);
        File.Move(Write("a.png", 110, 70), _folder.File("a-picture-without-extension"));

        PhotoFolder photos = Open();
        Assert.Equal(["Z.png", "a-picture-without-extension", "b.png", "b/c/1.png"], photos.Photos.Select(photo => photo.Name));
        Assert.Equal([100, 110, 90, 80], photos.Photos.Select(photo => photo.Width));
        Assert.Empty(photos.Skipped);
    }

    [Fact]
    public void Files_that_cannot_be_used_are_named_with_the_reason()
    {
        byte[] whole = File.ReadAllBytes(Write("good.png", 200, 100));
        _folder.File("cut.png", whole[..(whole.Length / 2)]);
        _folder.File("empty.jpg", []);
        _folder.File("README", "Photographs"u8.ToArray());
        Write("small.png", 200, 63);
        Write("long.png", 2048, 100); // 1024 x 50 when it is reduced

        PhotoFolder photos = Open();
        Assert.Equal("good.png", Assert.Single(photos.Photos).Name);
        Assert.Equal(["README", "cut.png", "empty.jpg", "long.png", "small.png"], photos.Skipped.Select(file => file.Name));
        string[] reasons = ["not a picture", "truncated", "empty", "1024 x 50", "200 x 63"];
        Assert.All(photos.Skipped.Zip(reasons), pair =>
        {
            Assert.Contains(pair.Second, pair.First.Message);
            Assert.Contains(_folder.File(pair.First.Name), pair.First.Message);
            Assert.DoesNotContain('\n', pair.First.Message);
        });
    }

    [Fact]
    public void Photographs_are_kept_as_bytes_and_large_ones_reduced()
    {
        Write("large.png", 1500, 750);
        Write("plain.png", 100, 70);
        PhotoFolder photos = Open();
        Assert.Equal((1024, 512), (photos.Photos[0].Width, photos.Photos[0].Height));

        Picture plain = PictureFile.Read(_folder.File("plain.png"));
        Assert.Equal(plain.Planes, photos.Photos[1].Planes.Select(value => value / 255f));
    }

    [Fact]
    public void Transparent_photographs_are_laid_over_white()
    {
        var clear = new Picture(80, 80, new float[3 * 80 * 80], [.. Enumerable.Repeat(0f, 40 * 80), .. Enumerable.Repeat(1f, 40 * 80)]);
        PictureFile.Write(clear, _folder.File("half.png"));
        Photo photo = Assert.Single(Open().Photos);
        Assert.Equal([255, 0], [photo.Planes[0], photo.Planes[^1]]);
    }

    [Fact]
    public void A_crop_depends_on_its_arguments_alone()
    {
        WriteThree();
        PhotoFolder photos = Open(), again = Open();
        float[] first = Crop(photos, 1, 2, 3);
        float[][] others = [Crop(photos, 2, 2, 3), Crop(photos, 1, 3, 3), Crop(photos, 1, 2, 4), Crop(photos, 1, long.MaxValue, 3)];
        Assert.Equal(first, Crop(photos, 1, 2, 3));
        Assert.Equal(first, Crop(again, 1, 2, 3));
        Assert.All(others, other => Assert.NotEqual(first, other));
    }

    [Fact]
    public void Threads_do_not_disturb_one_another()
    {
        WriteThree();
        PhotoFolder photos = Open();
        float[][] inTurn = [.. Enumerable.Range(0, 60).Select(sample => Crop(photos, 1, 1, sample))];
        float[][] atOnce = new float[60][];
        PhotoFolder fresh = Open();
        Parallel.For(0, 60, new ParallelOptions { MaxDegreeOfParallelism = 4 }, sample => atOnce[sample] = Crop(fresh, 1, 1, sample));
        Assert.Equal(inTurn, atOnce);
    }

    [Fact]
    public void Every_photograph_is_drawn_equally_often_in_both_directions()
    {
        // Grey ramps that rise to the right, each of its own height: the mean tells which photograph it is, the ends which way.
        for (int level = 0; level < 3; level++)
            WriteRamp($"{level}.png", 0.1f + 0.3f * level);
        PhotoFolder photos = Open();
        var counts = new int[3, 2];
        for (int sample = 0; sample < 600; sample++)
        {
            float[] planes = Crop(photos, 4, 9, sample);
            Assert.All(planes, value => Assert.InRange(value, 0, 1));
            int level = (int)Math.Round((planes.Average() - 0.15) / 0.3);
            counts[level, planes[0] > planes[Side - 1] ? 1 : 0]++;
        }
        Assert.All(counts.Cast<int>(), count => Assert.InRange(count, 75, 125));
    }

    [Fact]
    public void A_photograph_smaller_than_the_crop_is_enlarged()
    {
        Write("only.png", 70, 70);
        float[] planes = new float[3 * 128 * 128];
        Open().Crop(1, 1, 1, 128, planes);
        Assert.InRange(planes[0], 0.1f, 0.9f);
        Assert.InRange(planes[^1], 0.1f, 0.9f);
    }

    [Fact]
    public void A_folder_without_photographs_is_refused()
    {
        Assert.Contains("it has no files", TestImages.Refusal(() => Open()));
        string file = _folder.File("notes.txt", "no picture"u8.ToArray());
        Assert.Contains("none of its 1 files", TestImages.Refusal(() => Open()));
        Assert.Contains("it is a file", TestImages.Refusal(() => PhotoFolder.Open(file, CancellationToken.None)));
        Assert.Contains("does not exist", TestImages.Refusal(() => PhotoFolder.Open(_folder.File("none"), CancellationToken.None)));
    }

    [Fact]
    public void Photographs_that_need_too_much_memory_are_refused()
    {
        WriteThree();
        long needed = Open().Photos.Sum(photo => photo.Planes.Length);
        Assert.Equal(3, PhotoFolder.Open(_folder.Root, CancellationToken.None, needed).Photos.Count);
        string line = TestImages.Refusal(() => PhotoFolder.Open(_folder.Root, CancellationToken.None, needed - 1));
        Assert.Contains($"more than {needed - 1} bytes", line);
    }

    [Fact]
    public void Reading_can_be_cancelled()
    {
        WriteThree();
        Assert.ThrowsAny<OperationCanceledException>(() => PhotoFolder.Open(_folder.Root, new CancellationToken(canceled: true)));
    }

    [Fact]
    public void Links_to_folders_are_not_followed()
    {
        Directory.CreateDirectory(_folder.File("photos"));
        Write("photos/one.png", 80, 80);
        Directory.CreateSymbolicLink(_folder.File("photos/circle"), _folder.File("photos"));
        File.CreateSymbolicLink(_folder.File("linked.png"), _folder.File("photos/one.png"));
        Assert.Equal(["linked.png", "photos/one.png"], Open().Photos.Select(photo => photo.Name));
    }

    private static float[] Crop(PhotoFolder photos, ulong seed, long step, int sample)
    {
        var planes = new float[3 * Side * Side];
        photos.Crop(seed, step, sample, Side, planes);
        return planes;
    }

    private PhotoFolder Open() => PhotoFolder.Open(_folder.Root, TestContext.Current.CancellationToken);

    private string Write(string name, int width, int height)
    {
        PictureFile.Write(TestImages.Smooth(width, height), _folder.File(name));
        return _folder.File(name);
    }

    private void WriteThree()
    {
        Write("1.png", 200, 100);
        Write("2.png", 90, 150);
        Write("3.png", 256, 256);
    }

    private void WriteRamp(string name, float level)
    {
        float[] row = [.. Enumerable.Range(0, 150).Select(x => level + 0.1f * x / 149)];
        PictureFile.Write(new Picture(150, 120, [.. Enumerable.Repeat(row, 3 * 120).SelectMany(values => values)]), _folder.File(name));
    }
}
