using Pastiche.Imaging;
using static Pastiche.Tests.Imaging.TestImages;

namespace Pastiche.Tests.Imaging;

/// <summary>Refusing an output path before anything is computed. Writing refuses the same paths.</summary>
public sealed class CheckWritableTests
{
    private static string RefusalOf(string path)
    {
        string line = Refusal(() => PictureFile.CheckWritable(path));
        Assert.Equal(line, Refusal(() => PictureFile.Write(Smooth(4, 4), path)));
        return line;
    }

    [Fact]
    public void A_good_path_is_accepted_and_nothing_is_left()
    {
        using var folder = new TemporaryFolder();
        foreach (string extension in PictureFile.WritableExtensions)
            PictureFile.CheckWritable(folder.File("result" + extension));
        PictureFile.CheckWritable(folder.File("RESULT.JPG"));
        Assert.Empty(folder.Entries);
    }

    [Fact]
    public void A_path_without_folder_means_the_current_one() =>
        PictureFile.CheckWritable($"pastiche-{Guid.NewGuid():N}.png");

    [Fact]
    public void An_existing_file_is_not_touched()
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("a.png", [1, 2, 3]);
        PictureFile.CheckWritable(path);
        Assert.Equal([1, 2, 3], File.ReadAllBytes(path));
        Assert.Equal(["a.png"], folder.Entries);
    }

    [Theory]
    [InlineData("a.bmp", "extension '.bmp' is not supported")]
    [InlineData("a.heic", "extension '.heic' is not supported")]
    [InlineData("a.gif", "extension '.gif' is not supported")]
    [InlineData("png", "it has no extension")]
    public void Unknown_extension(string name, string reason)
    {
        using var folder = new TemporaryFolder();
        string path = folder.File(name);
        Assert.Equal(
            $"cannot write {path}: {reason}; use one of .avif, .jpeg, .jpg, .png, .tif, .tiff, .webp", RefusalOf(path));
    }

    [Fact]
    public void Missing_folder()
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("missing/a.png");
        Assert.Equal($"cannot write {path}: folder '{folder.File("missing")}' does not exist", RefusalOf(path));
        Assert.Empty(folder.Entries);
    }

    [Fact]
    public void Below_a_file()
    {
        using var folder = new TemporaryFolder();
        string file = folder.File("file", [1]);
        Assert.Equal($"cannot write {file}/a.png: '{file}' is a file, not a folder", RefusalOf(file + "/a.png"));
    }

    [Fact]
    public void A_folder_by_that_name()
    {
        using var folder = new TemporaryFolder();
        string path = Directory.CreateDirectory(folder.File("a.png")).FullName;
        Assert.Equal($"cannot write {path}: it is a folder", RefusalOf(path));
        Assert.Equal($"cannot write {folder.Root}/: it is a folder", RefusalOf(folder.Root + "/"));
    }

    [Fact]
    public void Folder_that_takes_no_files()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "needs /proc");
        Assert.Equal("cannot write /proc/a.png: folder '/proc' is not writable", RefusalOf("/proc/a.png"));
    }

    [Fact]
    public void Folder_without_permission()
    {
        Assert.SkipWhen(Environment.IsPrivilegedProcess, "permissions do not stop a privileged user");
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Unix permissions");
            return;
        }

        using var folder = new TemporaryFolder();
        string locked = Directory.CreateDirectory(folder.File("locked")).FullName;
        File.SetUnixFileMode(locked, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        Assert.Equal($"cannot write {locked}/a.png: folder '{locked}' is not writable", RefusalOf(locked + "/a.png"));
    }

    [Fact]
    public void Write_protected_file()
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("a.png", [1, 2, 3]);
        File.SetAttributes(path, FileAttributes.ReadOnly);
        Assert.Equal($"cannot write {path}: the existing file is write-protected", RefusalOf(path));
        Assert.Equal([1, 2, 3], File.ReadAllBytes(path));
        File.SetAttributes(path, FileAttributes.Normal);
    }

    [Fact]
    public void Name_that_is_too_long()
    {
        using var folder = new TemporaryFolder();
        string path = folder.File(new string('n', 300) + ".png");
        Assert.Equal($"cannot write {path}: its name is too long", RefusalOf(path));
    }

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("a\0.png")]
    public void What_is_no_file_name(string path) => Assert.EndsWith("it is not a file name", RefusalOf(path));

    [Fact]
    public void Link_into_a_missing_folder()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links need a privilege there");
        using var folder = new TemporaryFolder();
        File.CreateSymbolicLink(folder.File("a.png"), folder.File("missing/b.png"));
        Assert.Contains("missing' does not exist", RefusalOf(folder.File("a.png")));
    }

    [Fact]
    public void Link_to_itself()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links need a privilege there");
        using var folder = new TemporaryFolder();
        string path = folder.File("a.png");
        File.CreateSymbolicLink(path, path);
        Assert.StartsWith($"cannot write {path}: ", RefusalOf(path));
    }
}
