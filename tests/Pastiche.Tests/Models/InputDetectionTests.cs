using Pastiche.Models;
using Pastiche.Networks;

namespace Pastiche.Tests.Models;

public sealed class InputDetectionTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("pastiche.input", "torchvision", "torchvision")]
    [InlineData("pastiche.input", "caffe", "caffe")]
    [InlineData("input", "BGR, 0..255 minus mean 103.939,116.779,123.68", "caffe")]
    [InlineData("input", "RGB, 0..1, mean 0.485 0.456 0.406", "torchvision")]
    public void Metadata_decides(string key, string value, string expected) =>
        Assert.Equal(expected, ModelFile.Read(Safetensors("conv1_1", new Dictionary<string, string> { [key] = value })).Input.Name);

    [Fact]
    public void An_unknown_convention_in_the_metadata_is_refused()
    {
        string path = Safetensors("conv1_1", new Dictionary<string, string> { ["pastiche.input"] = "hsv" });

        Assert.Contains("hsv", Assert.Throws<InvalidInputException>(() => ModelFile.Read(path)).Message);
    }

    [Fact]
    public void The_papers_layer_names_mean_the_papers_input() => Assert.Equal("caffe", ModelFile.Read(Safetensors("conv1_1")).Input.Name);

    [Theory]
    [InlineData("vgg19-dcbb9e9d.pth", "torchvision")]
    [InlineData("vgg19-d01eb7cb.pth", "caffe")]
    [InlineData("my-VGG19-74e45263.pth", "caffe")]
    public void The_published_file_names_decide(string name, string expected) =>
        Assert.Equal(expected, ModelFile.Read(Safetensors("features.0", name: name)).Input.Name);

    [Theory]
    [InlineData(0.341195f, 0.339992f, -0.044844f, 0.232159f, 0.089782f, -0.303314f, -0.072609f, -0.246675f, -0.336833f, "caffe")]
    [InlineData(-0.053474f, -0.049257f, -0.067942f, 0.015314f, 0.045068f, 0.0021444f, 0.036226f, 0.019999f, 0.019864f, "torchvision")]
    public void The_published_networks_are_known_by_their_first_filter(
        float a, float b, float c, float d, float e, float f, float g, float h, float i, string expected)
    {
        float[] filter = [a, b, c, d, e, f, g, h, i];

        Assert.Equal(expected, ModelFile.Read(Safetensors("features.0", filter: filter)).Input.Name);
        Assert.Equal(expected, ModelFile.Read(Safetensors("features.0", filter: Array.ConvertAll(filter, value => (float)(Half)value))).Input.Name);

        filter[4] += 0.001f;
        Assert.Throws<InvalidInputException>(() => ModelFile.Read(Safetensors("features.0", filter: filter)));
    }

    [Fact]
    public void An_unknown_network_under_torchvisions_names_is_not_guessed_and_the_caller_decides()
    {
        string path = Safetensors("features.0");

        Assert.Contains("--input caffe", Assert.Throws<InvalidInputException>(() => ModelFile.Read(path)).Message);
        Assert.Same(InputConvention.Torchvision, ModelFile.Read(path, InputConvention.Torchvision).Input);
        Assert.Same(InputConvention.Torchvision, ModelFile.Read(Safetensors("conv1_1"), InputConvention.Torchvision).Input);
    }

    [Theory]
    [InlineData("models/interop/vgg19_first5.zip.pth")]
    [InlineData("models/interop/vgg19_first5.legacy.pth")]
    [InlineData("models/interop/vgg19_first5.half.pth")]
    [InlineData("models/vgg19/vgg19.safetensors")]
    public void The_real_files_hold_the_papers_weights_whatever_their_names(string file) =>
        Assert.Equal("caffe", ModelFile.Read(SharedData.Path(file)).Input.Name);

    private string Safetensors(
        string layer, Dictionary<string, string>? metadata = null, string name = "x.safetensors", float[]? filter = null)
    {
        var kernel = new float[27];
        filter?.CopyTo(kernel, 0);
        SafetensorsWriter.Write(
            _folder[name], [new($"{layer}.weight", [1, 3, 3, 3], kernel, ElementType.Float32), new($"{layer}.bias", [1], [0], ElementType.Float32)], metadata);
        return _folder[name];
    }
}
