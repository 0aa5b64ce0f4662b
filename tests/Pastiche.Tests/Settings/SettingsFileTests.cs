using Pastiche.Settings;

namespace Pastiche.Tests.Settings;

public sealed class SettingsFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("pastiche-settings-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void What_people_write_is_read()
    {
        StyleSettings settings = SettingsFile.Parse(
            """
            {
              // as the command line has it
              "engine": "gatys", "style-weight": "1e2", "tv-weight": 1e2, "raw-features": false,
              "style-layers": ["relu1_1", "relu2_1"], "style-layer-weights": [4, 1e-1], "content-layers": [], "levels": [5, "4:0.5"],
            }
            """, "wave.pastiche.json");

        Assert.Equal(("gatys", "100", "100", "false"), (settings["engine"], settings["style-weight"], settings["tv-weight"], settings["raw-features"]));
        Assert.Equal("4,0.1", settings["style-layer-weights"]);
        Assert.Equal(("relu1_1,relu2_1", "", "5,4:0.5"), (settings["style-layers"], settings["content-layers"], settings["levels"]));
    }

    [Fact]
    public void What_is_written_has_the_options_names_one_a_line()
    {
        StyleSettings settings = StyleSettings.Empty.Set("style-weight", "1e12").Set("engine", "gatys").Set("levels", "5,4").Set("raw-features", "true");

        string json = SettingsFile.Format(settings).ReplaceLineEndings("\n");

        Assert.Equal("{\n  \"engine\": \"gatys\",\n  \"style-weight\": 1e12,\n  \"raw-features\": true,\n  \"levels\": \"5,4\"\n}\n", json);
    }

    [Fact]
    public void File_is_written_whole_and_read_again()
    {
        string path = Path.Combine(_folder, "a.pastiche.json");

        SettingsFile.Write(StyleSettings.Empty.Set("seed", "1"), path);
        SettingsFile.Write(StyleSettings.Empty.Set("seed", "2"), path);

        Assert.Equal("2", SettingsFile.Read(path)["seed"]);
        Assert.Equal("a.pastiche.json", Path.GetFileName(Assert.Single(Directory.GetFileSystemEntries(_folder))));
    }

    [Theory]
    [InlineData("""{ "sizes": 5 }""", "a.json: sizes is no setting; allowed: engine, size, ")]
    [InlineData("""{ "size": 5 }""", "a.json: size '5' is not a whole number from 16 to 16384")]
    [InlineData("""{ "size": null }""", "a.json: size 'null' is not a whole number from 16 to 16384")]
    [InlineData("""{ "alpha": { "a": 1 } }""", "a.json: alpha '{ \"a\": 1 }' is not a number from 0 to 1")]
    [InlineData("""{ "size": 50, "size": 60 }""", "a.json is no JSON object of settings: ")]
    [InlineData("""{ "size": 50""", "a.json is no JSON object of settings: ")]
    [InlineData("[1]", "a.json is no JSON object of settings: ")]
    [InlineData("null", "a.json is no JSON object of settings: ")]
    [InlineData("", "a.json is no JSON object of settings: ")]
    public void Bad_file_is_one_line_with_file_setting_and_value(string json, string problem) =>
        Assert.StartsWith(problem, Assert.Throws<InvalidInputException>(() => SettingsFile.Parse(json, "a.json")).Problems.Single());

    [Fact]
    public void All_problems_of_a_file_are_told() => Assert.Equal(
        2, Assert.Throws<InvalidInputException>(() => SettingsFile.Parse("""{ "size": 5, "alpha": 2, "seed": 1 }""", "a.json")).Problems.Count);

    [Fact]
    public void File_that_is_not_there_or_no_file_is_named()
    {
        string missing = Path.Combine(_folder, "none.json"), large = Path.Combine(_folder, "large.json");
        File.WriteAllBytes(large, new byte[(1 << 20) + 1]);

        Assert.Contains($"'{missing}' do not exist", Assert.Throws<InvalidInputException>(() => SettingsFile.Read(missing)).Message);
        Assert.Contains(_folder, Assert.Throws<InvalidInputException>(() => SettingsFile.Read(_folder)).Message);
        Assert.Contains("too large", Assert.Throws<InvalidInputException>(() => SettingsFile.Read(large)).Message);
    }
}
