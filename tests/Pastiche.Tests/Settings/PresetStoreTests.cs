using Pastiche.Engines;
using Pastiche.Settings;

namespace Pastiche.Tests.Settings;

public sealed class PresetStoreTests : IDisposable
{
    private static readonly StyleSettings Some = StyleSettings.Empty.Set("style-weight", "7");

    private readonly string _folder = Directory.CreateTempSubdirectory("pastiche-presets-").FullName;

    private PresetStore Store => new(Path.Combine(_folder, "new", "presets"));

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Built_in_presets_are_there_and_valid()
    {
        Assert.Equal(["gatys", "gram", "slides", "oil", "woodcut", "watercolour", "mosaic", "pencil", "stained-glass"], Store.Names);
        GatysOptions slides = Store.Get("slides").Settings.ApplyTo(GatysOptions.Gatys);
        Assert.Equal(GatysOptions.Slides.StyleLayers, slides.StyleLayers);
        Assert.Equal(GatysOptions.Slides, slides with { StyleLayers = GatysOptions.Slides.StyleLayers, ContentLayers = GatysOptions.Slides.ContentLayers });
        Assert.Equal(GatysOptions.Gram with { StyleWeight = 10 }, Store.Get("oil").Settings.ApplyTo(GatysOptions.Gatys) with { StyleLayers = GatysOptions.Gram.StyleLayers, ContentLayers = GatysOptions.Gram.ContentLayers, StyleLayerWeights = GatysOptions.Gram.StyleLayerWeights });
        Assert.All(PresetStore.BuiltIn, preset => Assert.NotEmpty(preset.Description));
        Assert.All(PresetStore.BuiltIn, preset => Assert.Null(preset.Settings["size"]));
    }

    [Fact]
    public void Saved_preset_is_found_listed_and_deleted()
    {
        Preset saved = Store.Save("my-oil", Some);

        Assert.Equal("7", Store.Get("my-oil").Settings["style-weight"]);
        Assert.Equal(Path.Combine(Store.Folder, "my-oil.pastiche.json"), saved.File);
        Assert.Equal("my-oil", Store.Names[^1]);
        Store.Delete("my-oil");
        Assert.Equal("gatys", Store.Names[0]);
        Assert.DoesNotContain("my-oil", Store.Names);
    }

    [Fact]
    public void Existing_preset_is_replaced_only_by_force()
    {
        Store.Save("mine", Some);

        Assert.Contains("--force", Assert.Throws<InvalidInputException>(() => Store.Save("mine", Some.Set("seed", "1"))).Message);
        Assert.Null(Store.Get("mine").Settings["seed"]);
        Store.Save("mine", Some.Set("seed", "1"), force: true);
        Assert.Equal("1", Store.Get("mine").Settings["seed"]);
        Assert.Single(Directory.GetFileSystemEntries(Store.Folder));
    }

    [Theory]
    [InlineData("oil", "taken by one that is built in")]
    [InlineData("../up", "is not allowed")]
    [InlineData("a/b", "is not allowed")]
    [InlineData("", "is not allowed")]
    [InlineData("Oil", "is not allowed")]
    public void Names_that_cannot_be_used_are_refused_even_by_force(string name, string reason)
    {
        Assert.Contains(reason, Assert.Throws<InvalidInputException>(() => Store.Save(name, Some, force: true)).Message);
        Assert.False(Directory.Exists(Store.Folder));
    }

    [Fact]
    public void What_is_not_there_is_named()
    {
        Assert.StartsWith("--preset '../x' is none of gatys, gram, slides, ", Assert.Throws<InvalidInputException>(() => Store.Get("../x", "--preset")).Message);
        Assert.Contains("'none' is not in", Assert.Throws<InvalidInputException>(() => Store.Delete("none")).Message);
        Assert.Contains("built in", Assert.Throws<InvalidInputException>(() => Store.Delete("oil")).Message);
    }

    [Fact]
    public void Broken_file_is_named_with_its_setting()
    {
        Store.Save("mine", Some);
        string file = Path.Combine(Store.Folder, "mine.pastiche.json");
        File.WriteAllText(file, """{ "alpha": 3 }""");

        Assert.Equal($"{file}: alpha '3' is not a number from 0 to 1", Assert.Throws<InvalidInputException>(() => Store.Get("mine")).Message);
    }

    [Theory]
    [InlineData("wave.jpg", "wave.pastiche.json")]
    [InlineData("starry.night.png", "starry.night.pastiche.json")]
    public void File_beside_a_painting_has_its_name(string style, string file) =>
        Assert.Equal(Path.Combine("a", file), Preset.FileBeside(Path.Combine("a", style)));
}
