using System.Text.RegularExpressions;

namespace Pastiche.Tests.Samples;

/// <summary>No picture is shipped without its author and licence, and no picture is listed that is not there.</summary>
public sealed partial class SampleNoticeTests
{
    private static readonly string Root = SharedData.RepositoryRoot();
    private static readonly string Folder = Path.Combine(Root, "samples");

    [Fact]
    public void Notice_and_folder_list_the_same_pictures()
    {
        IEnumerable<string> files = Directory.EnumerateFiles(Folder, "*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(Folder, file).Replace('\\', '/'))
            .Where(file => file != "NOTICE.md");

        Assert.Equal(files.Order(StringComparer.Ordinal), Rows().Select(row => row[0].Trim('`')).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_row_names_title_author_licence_and_changes()
    {
        Assert.NotEmpty(Rows());
        Assert.All(Rows(), row =>
        {
            Assert.Equal(5, row.Length);
            Assert.All(row, cell => Assert.NotEqual("", cell));
            Assert.Matches(@"^(MIT|\[CC BY 4\.0\]\(https://\S+\)|\[CC0 1\.0\]\(https://\S+\))$", row[3]);
        });
    }

    [Fact]
    public void Pictures_are_jpegs_of_a_modest_size()
    {
        foreach (string file in Directory.EnumerateFiles(Folder, "*.jpg"))
        {
            byte[] bytes = File.ReadAllBytes(file);
            Assert.True(bytes.AsSpan().StartsWith(new byte[] { 0xFF, 0xD8, 0xFF }), $"{file} is no JPEG");
            Assert.True(bytes.Length < 400_000, $"{file} has {bytes.Length} bytes, the limit is 400,000");
        }
    }

    [Fact]
    public void Root_notice_points_to_the_samples_and_names_their_authors()
    {
        string notice = File.ReadAllText(Path.Combine(Root, "NOTICE"));

        Assert.Contains("samples/NOTICE.md", notice);
        foreach (string[] row in Rows().Where(row => row[3] != "MIT"))
            Assert.Contains(row[0].Trim('`'), notice);
    }

    // The table rows whose first cell is a file's name.
    private static string[][] Rows() =>
        [.. File.ReadLines(Path.Combine(Folder, "NOTICE.md")).Where(line => Row().IsMatch(line)).Select(line => line.Trim('|', ' ').Split(" | "))];

    [GeneratedRegex(@"^\| `[^`]+` \|")]
    private static partial Regex Row();
}
