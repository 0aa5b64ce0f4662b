using System.Text.RegularExpressions;

namespace Pastiche.Tests;

/// <summary>Data flows one way: a folder of the library may import only the folders to its left.</summary>
public sealed partial class ArchitectureTests
{
    // Folders in one group do not know each other.
    private static readonly string[][] Order =
    [
        ["Imaging", "Optimizers"], ["Compute"], ["Networks"], ["Models"], ["Losses", "Transforms"], ["Colours", "Regions"], ["Engines"], ["Training"], ["Stylizer"], ["Settings"], ["Grids"],
    ];

    public static IEnumerable<TheoryDataRow<string>> Sources()
    {
        string root = Path.Combine(SharedData.RepositoryRoot(), "src", "Pastiche");
        return Order.SelectMany(group => group)
            .Select(folder => Path.Combine(root, folder))
            .Where(Directory.Exists)
            .SelectMany(folder => Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories))
            .Select(file => new TheoryDataRow<string>(Path.GetRelativePath(root, file)));
    }

    [Theory]
    [MemberData(nameof(Sources))]
    public void Source_imports_only_folders_to_its_left(string source)
    {
        string root = Path.Combine(SharedData.RepositoryRoot(), "src", "Pastiche");
        string folder = source.Split(Path.DirectorySeparatorChar)[0];
        int own = Array.FindIndex(Order, group => group.Contains(folder));
        IEnumerable<string> mentioned = Mention().Matches(File.ReadAllText(Path.Combine(root, source))).Select(match => match.Groups[1].Value);

        foreach (string other in mentioned.Where(name => name != folder))
        {
            int rank = Array.FindIndex(Order, group => group.Contains(other));
            Assert.True(rank < own || rank < 0, $"{source} imports Pastiche.{other}, which is not to the left of {folder}");
        }
    }

    [Fact]
    public void Every_folder_has_a_place_in_the_order()
    {
        string root = Path.Combine(SharedData.RepositoryRoot(), "src", "Pastiche");
        string[] built = ["bin", "obj"];
        foreach (string folder in Directory.EnumerateDirectories(root).Select(path => Path.GetFileName(path)!).Except(built))
            Assert.Contains(folder, Order.SelectMany(group => group));
    }

    [GeneratedRegex(@"^\s*using\s+(?:static\s+|\w+\s*=\s*)?Pastiche\.(\w+)", RegexOptions.Multiline)]
    private static partial Regex Mention();
}
