using System.Security.Cryptography;
using System.Text;
using Pastiche.Imaging;
using Pastiche.Models;
using Pastiche.Networks;
using Pastiche.Tests.Imaging;
using Pastiche.Tests.Models;
using Pastiche.Tests.Networks;

namespace Pastiche.Tests.Cli;

/// <summary>
/// Bad input to the real program: exit code 2, one line on standard error that names the thing, nothing on standard output,
/// and every file as it was.
/// </summary>
public sealed class BadInputTests : IDisposable
{
    private const string LeftByMaliciousFile = "pwned-by-pickle";

    private readonly ProgramStage _stage = new();

    public void Dispose() => _stage.Dispose();

    [Theory]
    [InlineData("gone.jpg", "the file does not exist")]
    [InlineData("cut.jpg", "the JPEG data is truncated or corrupt")]
    [InlineData("empty.png", "it is empty (0 bytes)")]
    [InlineData("text.png", "it is not a picture in a supported format")]
    [InlineData("bomb.png", "30000 x 30000 = 900000000 pixels exceed the limit")]
    public void What_cannot_be_read_is_named_whatever_it_was_given_as(string name, string reason)
    {
        MakeBadPictures();

        AssertRefused(name, reason, Paint("--style", "@wave.png") with { Content = "@" + name });
        AssertRefused(name, reason, Paint("--style", "@" + name));
        AssertRefused(name, reason, Paint("--style", "@wave.png", "--init", "@" + name));
    }

    [Fact]
    public void Folder_is_no_painting_and_needs_a_picture()
    {
        MakeBadPictures();

        AssertRefused("folder", "it is a folder", Paint("--style", "@folder"));
        AssertRefused("folder", "it is a folder", Paint("--style", "@wave.png", "--init", "@folder"));
        AssertRefused("folder", "no picture in the folder", Paint("--style", "@wave.png") with { Content = "@folder", Output = "@painted" });
    }

    [Fact]
    public void Picture_of_one_pixel_has_nothing_to_repaint_and_no_style()
    {
        MakeBadPictures();

        AssertRefused("content", "1 x 1 pixels; allowed: at least 16 on each side", Paint("--style", "@wave.png") with { Content = "@dot.png" });
        AssertRefused("dot.png", "1 x 1 pixels; allowed: at least 16 on each side", Paint("--style", "@dot.png"));
    }

    [Theory]
    [InlineData("--style-weight -5", "0 to 1e12")]
    [InlineData("--style-weight NaN", "0 to 1e12")]
    [InlineData("--content-weight much", "0 to 1e12")]
    [InlineData("--size 0", "16 to 16384")]
    [InlineData("--size 1e3", "16 to 16384")]
    [InlineData("--iterations 0", "1 to 1000000")]
    [InlineData("--learning-rate 0", "1e-6 to 1")]
    [InlineData("--history 201", "1 to 200")]
    [InlineData("--threads 0", "1 to 1024")]
    [InlineData("--seed 3000000000", "-2147483648 to 2147483647")]
    [InlineData("--optimizer sgd", "lbfgs, adam")]
    [InlineData("--pooling min", "max, average")]
    [InlineData("--preset monet", "gatys, gram, slides")]
    [InlineData("--sharpness 3", "unknown option")]
    public void Value_that_is_not_allowed_is_named_with_its_range(string words, string allowed) =>
        AssertRefused(words.Split(' ')[0], allowed, Paint(["--style", "@wave.png", .. words.Split(' ')]));

    [Theory]
    [InlineData("@wave.png:-1")]
    [InlineData("@wave.png:0")]
    [InlineData("@wave.png:NaN")]
    public void Share_of_a_painting_is_positive(string style) =>
        AssertRefused("wave.png", "not a positive number", Paint("--style", style));

    [Theory]
    [InlineData("--style-layers", "--style-layers 'relu9_9'")]
    [InlineData("--content-layers", "--content-layers 'relu9_9'")]
    public void Layer_that_does_not_exist(string option, string named) =>
        AssertRefused(named, "allowed: conv1_1 to conv5_4 (before the ReLU) and relu1_1 to relu5_4", Paint("--style", "@wave.png", option, "relu9_9"));

    [Fact]
    public void Weights_of_other_layers_than_those_that_are_named() => AssertRefused(
        "style layer weights are 256,64", "a number from 0 to 1000000000000 for each of the 5 style layers", Paint("--style", "@wave.png", "--style-layer-weights", "256,64"));

    [Fact]
    public void Weights_that_do_not_fit_the_layers_of_a_preset_or_of_a_file_beside_the_painting()
    {
        AssertRefused(
            "style layer weights are 1,2,3,4,5", "for each of the 6 style layers",
            Paint("--style", "@wave.png", "--preset", "slides", "--style-layer-weights", "1,2,3,4,5"));

        File.WriteAllText(_stage.InFolder("wave.pastiche.json"), """{ "style-layers": ["relu1_1", "relu2_1"], "style-layer-weights": [4, 1] }""");
        string[] otherLayers = ["paint", "@photo.png", "-o", "@out.png", "--model", "@net.safetensors", "--size", "64", "--iterations", "1", "-s", "@wave.png", "--style-layers", "relu1_1"];
        Assert.Equal(2, _stage.Run(otherLayers, TestContext.Current.CancellationToken));
        Assert.StartsWith("pastiche: style layer weights are 4,1; allowed: none, or a number from 0 to 1000000000000 for each of the 1 style layers", _stage.ErrorLines[^1]);
        Assert.Equal(0, _stage.Run([.. otherLayers, "--style-layer-weights", ""], TestContext.Current.CancellationToken));
    }

    [Fact]
    public void Layer_beyond_the_end_of_the_model() =>
        AssertRefused("relu5_4", "not in the model, whose last convolution is conv5_1", Paint("--style", "@wave.png", "--style-layers", "relu5_4"));

    [Fact]
    public void Size_at_which_the_deepest_layer_has_no_pixel() =>
        AssertRefused("content", "16 x 12 pixels at the size asked for; layer relu5_1 needs at least 16", Paint("--style", "@wave.png", "--size", "16", "--style-size", "64"));

    [Theory]
    [InlineData("@none/out.png", "none' does not exist")]
    [InlineData("@out.xyz", "extension '.xyz' is not supported")]
    [InlineData("@out", "it has no extension")]
    [InlineData("@photo.png", "is the photograph")]
    [InlineData("@wave.png", "is a painting")]
    [InlineData("@folder", "it is a folder")]
    [InlineData("@photo.png/out.png", "is a file, not a folder")]
    public void Output_that_cannot_be_written(string output, string reason)
    {
        MakeBadPictures();

        AssertRefused(output.TrimStart('@'), reason, Paint("--style", "@wave.png") with { Output = output });
    }

    // The model is wrong, too: were the size not refused before the engine starts, the engine would complain of the model.
    [Fact]
    public void Output_whose_format_cannot_hold_the_size_is_refused_before_the_engine_starts() =>
        AssertRefused("out.webp", "16384 x 12288 pixels exceed WebP's limit of 16383 pixels a side",
            Paint("--style", "@wave.png", "--size", "16384") with { Output = "@out.webp", Model = "no-such-net" });

    [Fact]
    public void Trace_that_cannot_be_written() =>
        AssertRefused("trace.json", "does not exist", Paint("--style", "@wave.png", "--trace", "@none/trace.json"));

    [Theory]
    [InlineData("gone.pth", "does not exist")]
    [InlineData("a-name-as-long-as-those-that-training-scripts-make-of-the-date-and-all-their-settings.pth", "does not exist")]
    [InlineData("folder", "is a folder")]
    [InlineData("empty.png", "is no weights file")]
    [InlineData("photo.png", "is no weights file")]
    [InlineData("cut.safetensors", "cut.safetensors")]
    [InlineData("infinite.safetensors", "weights must be finite")]
    [InlineData("other.safetensors", "holds no VGG-19")]
    public void Model_that_is_none(string name, string reason)
    {
        MakeBadPictures();
        MakeBadModels();

        AssertRefused(name, reason, Paint("--style", "@wave.png") with { Model = "@" + name });
    }

    [Fact]
    public void Model_that_is_not_installed_comes_with_the_command_that_brings_it() =>
        AssertRefused("no-such-net", "pastiche models import FILE --name no-such-net", Paint("--style", "@wave.png") with { Model = "no-such-net" });

    [Theory]
    [InlineData("zip")]
    [InlineData("legacy")]
    [InlineData("bare pickle")]
    public void Model_that_is_a_malicious_pickle_executes_nothing(string container)
    {
        byte[] pickle = new PickleWriter().Protocol().Global("posix", "system").Mark().Text($"touch {_stage.InFolder("pwned")}").Tuple().Reduce().Stop().ToArray();
        File.WriteAllBytes(_stage.InFolder("evil.pth"), container switch
        {
            "zip" => TorchWriter.Zip(pickle),
            "legacy" => TorchWriter.Legacy(pickle, []),
            _ => pickle,
        });

        AssertRefused("evil.pth", "posix.system", Paint("--style", "@wave.png") with { Model = "@evil.pth" });
    }

    [Fact]
    public void The_malicious_file_executes_nothing()
    {
        string path = SharedData.Path("models/interop/malicious.pth");

        AssertRefused("malicious.pth", "posix.system", Paint("--style", "@wave.png") with { Model = path });

        Assert.False(File.Exists(LeftByMaliciousFile));
        Assert.False(File.Exists(Path.Combine(Path.GetDirectoryName(path)!, LeftByMaliciousFile)));
    }

    [Fact]
    public void Existing_result_stays_when_its_replacement_is_refused()
    {
        PictureFile.Write(TestImages.Smooth(20, 20), _stage.InFolder("out.png"));

        AssertRefused("relu9_9", "unknown", Paint("--style", "@wave.png", "--style-layers", "relu9_9"));
    }

    private static CommandLine Paint(params string[] words) => new("@photo.png", "@out.png", "@net.safetensors", words);

    private void AssertRefused(string named, string reason, CommandLine line)
    {
        Dictionary<string, string> before = Contents();
        _stage.Error.GetStringBuilder().Clear();

        int exitCode = _stage.Run(
            ["paint", line.Content, "-o", line.Output, "--model", line.Model, .. line.Words],
            TestContext.Current.CancellationToken);

        string complaint = Assert.Single(_stage.ErrorLines);
        Assert.StartsWith("pastiche: ", complaint);
        Assert.Contains(named, complaint);
        Assert.Contains(reason, complaint);
        Assert.Equal(2, exitCode);
        Assert.Empty(_stage.Output.ToString());
        Assert.Equal(before, Contents());
    }

    // Every file below the folder and its content.
    private Dictionary<string, string> Contents() =>
        Directory.EnumerateFileSystemEntries(_stage.Folder, "*", SearchOption.AllDirectories).ToDictionary(
            path => path, path => Directory.Exists(path) ? "folder" : Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(path))));

    private void MakeBadPictures()
    {
        Directory.CreateDirectory(_stage.InFolder("folder"));
        PictureFile.Write(_stage.Picture("photo.png"), _stage.InFolder("cut.jpg"));
        File.WriteAllBytes(_stage.InFolder("cut.jpg"), _stage.Bytes("cut.jpg")[..1000]);
        File.WriteAllBytes(_stage.InFolder("empty.png"), []);
        File.WriteAllText(_stage.InFolder("text.png"), "A text that somebody gave the name of a picture.");
        File.WriteAllBytes(_stage.InFolder("bomb.png"), TestImages.PngHeader(30_000, 30_000));
        PictureFile.Write(new Picture(1, 1, [0.5f, 0.5f, 0.5f]), _stage.InFolder("dot.png"));
    }

    private void MakeBadModels()
    {
        File.WriteAllBytes(_stage.InFolder("cut.safetensors"), _stage.Bytes("net.safetensors")[..^100]);
        File.WriteAllBytes(_stage.InFolder("other.safetensors"), Encoding.ASCII.GetBytes("\u0002\0\0\0\0\0\0\0{}"));
        NetworkWeights weights = SmallVgg.Random(depth: 2);
        weights.Convolutions[1].Kernel[7] = float.PositiveInfinity;
        ModelFile.Write(weights, _stage.InFolder("infinite.safetensors"));
    }

    /// <summary>A command line that is right unless a test makes it wrong.</summary>
    private sealed record CommandLine(string Content, string Output, string Model, string[] Words);
}
