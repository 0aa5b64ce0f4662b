using Pastiche.Cli;

namespace Pastiche.Tests.Cli;

public sealed class WritableFileTests
{
    [Fact]
    public void Tells_why_a_file_cannot_be_written()
    {
        string folder = Directory.CreateTempSubdirectory("pastiche-writable-").FullName;
        Assert.Null(WritableFile.WhyNot(Path.Combine(folder, "a.json")));
        Assert.Equal("it is a folder", WritableFile.WhyNot(folder));
        Assert.Contains("does not exist", WritableFile.WhyNot(Path.Combine(folder, "none", "a.json")));
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder));

        string kept = Path.Combine(folder, "kept.json");
        File.WriteAllText(kept, "x");
        File.SetAttributes(kept, FileAttributes.ReadOnly);
        Assert.Equal("the existing file is write-protected", WritableFile.WhyNot(kept));
        File.Delete(kept);
        Directory.Delete(folder);
    }
}
