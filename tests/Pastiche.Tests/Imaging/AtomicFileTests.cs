using Pastiche.Imaging;

namespace Pastiche.Tests.Imaging;

/// <summary>Whole or not at all.</summary>
public sealed class AtomicFileTests
{
    [Fact]
    public void Failure_while_writing_leaves_the_old_file_and_nothing_else()
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("a.bin", [1, 2, 3]);

        Assert.Throws<IOException>(() => AtomicFile.Write(path, stream =>
        {
            stream.Write([9, 9, 9, 9]);
            stream.Flush();
            Assert.Equal(2, folder.Entries.Length);
            throw new IOException("disk full");
        }));

        Assert.Equal([1, 2, 3], File.ReadAllBytes(path));
        Assert.Equal(["a.bin"], folder.Entries);
    }

    [Fact]
    public void A_symbolic_link_stays_when_it_is_followed_first()
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("a.bin", [1]);
        string link = Path.Combine(Path.GetDirectoryName(path)!, "link.bin");
        File.CreateSymbolicLink(link, path);

        AtomicFile.Write(AtomicFile.FollowLinks(link), stream => stream.Write([2, 3]));

        Assert.Equal([2, 3], File.ReadAllBytes(path));
        Assert.NotNull(new FileInfo(link).LinkTarget);
    }

    [Fact]
    public void Failure_while_renaming_leaves_nothing()
    {
        using var folder = new TemporaryFolder();
        string path = Directory.CreateDirectory(folder.File("a.bin")).FullName;
        Assert.ThrowsAny<Exception>(() => AtomicFile.Write(path, stream => stream.Write([1])));
        Assert.Equal(["a.bin"], folder.Entries);
    }

    [Fact]
    public void Readers_see_the_old_file_until_the_new_one_is_whole()
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("a.bin", [1]);
        AtomicFile.Write(path, stream =>
        {
            stream.Write([2, 3]);
            stream.Flush();
            Assert.Equal([1], File.ReadAllBytes(path));
        });
        Assert.Equal([2, 3], File.ReadAllBytes(path));
        Assert.Equal(["a.bin"], folder.Entries);
    }
}
