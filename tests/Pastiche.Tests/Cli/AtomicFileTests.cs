using Pastiche.Cli;

namespace Pastiche.Tests.Cli;

public sealed class AtomicFileTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("pastiche-atomic-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Replaces_a_file_and_leaves_nothing_else()
    {
        string path = Path.Combine(folder, "a.json");
        File.WriteAllText(path, "old and longer");

        AtomicFile.Write(path, stream => stream.Write("new"u8));

        Assert.Equal("new", File.ReadAllText(path));
        Assert.Single(Directory.EnumerateFiles(folder));
    }

    [Fact]
    public void Failure_keeps_the_old_file_and_leaves_nothing_else()
    {
        string path = Path.Combine(folder, "a.json");
        File.WriteAllText(path, "old");

        Assert.Throws<IOException>(() => AtomicFile.Write(path, stream =>
        {
            stream.Write("half"u8);
            throw new IOException("full");
        }));

        Assert.Equal("old", File.ReadAllText(path));
        Assert.Single(Directory.EnumerateFiles(folder));
    }

    [Fact]
    public void Tells_why_a_file_cannot_be_written()
    {
        Assert.Null(AtomicFile.WhyUnwritable(Path.Combine(folder, "a.json")));
        Assert.Equal("it is a folder", AtomicFile.WhyUnwritable(folder));
        Assert.Contains("does not exist", AtomicFile.WhyUnwritable(Path.Combine(folder, "none", "a.json")));
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder));
    }
}
