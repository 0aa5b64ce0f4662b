using Pastiche.Cli;
using Pastiche.Cli.Presets;
using Pastiche.Settings;

namespace Pastiche.Tests.Cli.Presets;

public sealed class PresetCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("pastiche-preset-").FullName;
    private readonly StringWriter _output = new(), _error = new();

    private PresetStore Store => new(Path.Combine(_folder, "presets"));

    private string Painting => Path.Combine(_folder, "wave.jpg");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Saved_options_are_shown_listed_and_deleted()
    {
        Assert.Equal(0, Run("save", "mine", "--style-weight", "1e2", "--optimizer", "adam", "--raw-features"));
        Assert.Equal(Path.Combine(Store.Folder, "mine.pastiche.json"), Output());

        Assert.Equal(0, Run("show", "mine"));
        Assert.Equal("{ \"style-weight\": 100, \"raw-features\": true, \"optimizer\": \"adam\" }", string.Join(' ', Output().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)));

        Assert.Equal(0, Run("list"));
        string[] lines = Output().Split(Environment.NewLine);
        Assert.StartsWith("gatys ", lines[0]);
        Assert.Equal("mine           style-weight=100 raw-features=true optimizer=adam", lines[^1]);

        Assert.Equal(0, Run("delete", "mine"));
        Assert.Equal(2, Run("show", "mine"));
    }

    [Fact]
    public void Options_win_over_the_preset_they_start_from()
    {
        Assert.Equal(0, Run("save", "mine", "--preset", "oil", "--style-weight", "99"));

        StyleSettings saved = Store.Get("mine").Settings, oil = Store.Get("oil").Settings;
        Assert.Equal(("99", oil["alpha"]), (saved["style-weight"], saved["alpha"]));
    }

    [Fact]
    public void Existing_presets_stay_without_force()
    {
        File.WriteAllText(Painting, "");
        Assert.Equal(0, Run("save", "mine", "--alpha", "0.5"));
        Assert.Equal(0, Run("save", "--beside", Painting, "--alpha", "0.5"));

        Assert.Equal(2, Run("save", "mine", "--alpha", "0.6"));
        Assert.Equal(2, Run("save", "--beside", Painting, "--alpha", "0.6"));
        Assert.Equal(("0.5", "0.5"), (Store.Get("mine").Settings["alpha"], SettingsFile.Read(Preset.FileBeside(Painting))["alpha"]));

        Assert.Equal(0, Run("save", "mine", "--alpha", "0.6", "--force"));
        Assert.Equal(0, Run("save", "--beside", Painting, "--alpha", "0.6", "--force"));
        Assert.Equal(("0.6", "0.6"), (Store.Get("mine").Settings["alpha"], SettingsFile.Read(Preset.FileBeside(Painting))["alpha"]));
    }

    [Theory]
    [InlineData("save mine", "nothing to save; give options such as --style-weight, or --like RESULT")]
    [InlineData("save --alpha 0.5", "give either NAME or --beside STYLE")]
    [InlineData("save mine --alpha 2", "--alpha '2' is not a number from 0 to 1")]
    [InlineData("save --beside none.jpg --alpha 0.5", "the painting 'none.jpg' does not exist")]
    [InlineData("save oil --alpha 0.5", "preset name 'oil' is taken by one that is built in; choose another name")]
    [InlineData("save mine --preset none", "--preset 'none' is none of gatys, ")]
    [InlineData("delete slides", "preset 'slides' is built in and cannot be deleted")]
    public void Bad_input_is_exit_2_and_nothing_written(string words, string problem)
    {
        Assert.Equal(2, Run(words.Split(' ')));

        Assert.StartsWith("pastiche: " + problem, _error.ToString().Split(Environment.NewLine)[0]);
        Assert.Empty(Directory.GetFileSystemEntries(_folder));
    }

    [Fact]
    public void Broken_preset_does_not_hide_the_others()
    {
        Store.Save("mine", StyleSettings.Empty.Set("seed", "1"));
        File.WriteAllText(Path.Combine(Store.Folder, "mine.pastiche.json"), "{");

        Assert.Equal(0, Run("list"));

        Assert.Contains("not valid: ", Output().Split(Environment.NewLine)[^1]);
    }

    private int Run(params string[] words) =>
        PasticheCommand.Run(["preset", .. words], [new CommandEntry(PresetCommand.Create(new CommandConsole(_output, _error), Store))], new CommandConsole(_output, _error));

    private string Output()
    {
        string text = _output.ToString().Trim();
        _output.GetStringBuilder().Clear();
        return text;
    }
}
