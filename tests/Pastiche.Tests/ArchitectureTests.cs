using System.Text.RegularExpressions;

namespace Pastiche.Tests;

/// <summary>Data flows one way: a folder of the library, or of the studio, may import only the folders to its left.</summary>
public sealed partial class ArchitectureTests
{
    // Folders in one group do not know each other.
    private static readonly string[][] Order =
    [
        ["Imaging", "Optimizers"], ["Compute"], ["Networks"], ["Models"], ["Losses", "Transforms"], ["Colours", "Regions"], ["Engines"], ["Training"], ["Stylizer"], ["Settings"], ["Grids"],
    ];

    private static readonly string[][] StudioOrder = [["Security", "Store"], ["Pictures"], ["Jobs"], ["Api", "Page"], ["Components"]];

    public static IEnumerable<TheoryDataRow<string>> Sources() => SourcesOf("Pastiche", Order);

    public static IEnumerable<TheoryDataRow<string>> StudioSources() => SourcesOf("Pastiche.Studio", StudioOrder);

    [Theory]
    [MemberData(nameof(Sources))]
    public void Source_imports_only_folders_to_its_left(string source) => Check("Pastiche", Order, source);

    [Theory]
    [MemberData(nameof(StudioSources))]
    public void Source_of_the_studio_imports_only_folders_to_its_left(string source) => Check("Pastiche.Studio", StudioOrder, source);

    [Fact]
    public void Every_folder_has_a_place_in_the_order()
    {
        string[] others = ["bin", "obj", "Assets"];
        foreach ((string project, string[][] order) in new[] { ("Pastiche", Order), ("Pastiche.Studio", StudioOrder) })
        {
            foreach (string folder in Directory.EnumerateDirectories(RootOf(project)).Select(path => Path.GetFileName(path)!).Except(others))
                Assert.Contains(folder, order.SelectMany(group => group));
        }
    }

    [Fact]
    public void Library_is_open_to_its_tests_and_benchmarks_alone()
    {
        string project = File.ReadAllText(Path.Combine(RootOf("Pastiche"), "Pastiche.csproj"));
        Assert.Equal(["Pastiche.Tests", "Pastiche.Benchmarks"], Friend().Matches(project).Select(match => match.Groups[1].Value));
    }

    private static string RootOf(string project) => Path.Combine(SharedData.RepositoryRoot(), "src", project);

    private static IEnumerable<TheoryDataRow<string>> SourcesOf(string project, string[][] order) => order.SelectMany(group => group)
        .Select(folder => Path.Combine(RootOf(project), folder))
        .Where(Directory.Exists)
        .SelectMany(folder => Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories))
        .Select(file => new TheoryDataRow<string>(Path.GetRelativePath(RootOf(project), file)));

    private static void Check(string project, string[][] order, string source)
    {
        string folder = source.Split(Path.DirectorySeparatorChar)[0];
        int own = Array.FindIndex(order, group => group.Contains(folder));
        string text = File.ReadAllText(Path.Combine(RootOf(project), source));
        IEnumerable<string> mentioned = Mention().Matches(text)
            .Where(match => match.Groups["project"].Value == project).Select(match => match.Groups["folder"].Value);

        foreach (string other in mentioned.Where(name => name != folder))
        {
            int rank = Array.FindIndex(order, group => group.Contains(other));
            Assert.True(rank < own || rank < 0, $"{source} imports {project}.{other}, which is not to the left of {folder}");
        }
    }

    [GeneratedRegex(@"^\s*using\s+(?:static\s+|\w+\s*=\s*)?(?<project>Pastiche(?:\.Studio)?)\.(?<folder>\w+)", RegexOptions.Multiline)]
    private static partial Regex Mention();

    [GeneratedRegex("InternalsVisibleTo Include=\"([^\"]+)\"")]
    private static partial Regex Friend();
}
