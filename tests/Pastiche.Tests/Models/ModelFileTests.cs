using Pastiche.Models;
using Pastiche.Networks;

namespace Pastiche.Tests.Models;

public sealed class ModelFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("caffe", false)]
    [InlineData("torchvision", true)]
    public void A_network_survives_a_round_trip(string input, bool means)
    {
        NetworkWeights network = TinyNetwork.Create(InputDetection.Parse(input), convolutions: 5, channels: 4, means);
        ModelFile.Write(network, _folder["x.safetensors"], new Dictionary<string, string> { ["note"] = "kept" });

        TinyNetwork.AssertSame(network, ModelFile.Read(_folder["x.safetensors"]));
        using TensorFile file = TensorFile.Open(_folder["x.safetensors"]);
        Assert.Equal("kept", file.Metadata["note"]);
    }

    [Theory]
    [InlineData(false, true)]
    [InlineData(false, false)]
    [InlineData(true, true)]
    [InlineData(true, false)]
    public void Both_naming_schemes_are_read_from_both_PyTorch_formats(bool legacy, bool torchvisionNames)
    {
        NetworkWeights network = TinyNetwork.Create(InputConvention.Torchvision, convolutions: 5);
        List<TorchTensor> tensors = TinyNetwork.ToTorch(network, torchvisionNames);
        tensors.Add(TorchTensor.Contiguous("classifier.0.weight", "FloatStorage", [1, 2], 1, 2));
        string path = _folder.Write("x.pth", legacy ? TorchWriter.Legacy(tensors) : TorchWriter.Zip(tensors));

        TinyNetwork.AssertSame(network, ModelFile.Read(path, InputConvention.Torchvision));
    }

    [Fact]
    public void Torchvision_indices_are_those_of_VGG19() =>
        Assert.Equal(
            new[] { 0, 2, 5, 7, 10, 12, 14, 16, 19, 21, 23, 25, 28, 30, 32, 34 }.Select(index => $"features.{index}"), Vgg19Naming.Torchvision);

    [Fact]
    public void Sixteen_convolutions_have_the_papers_names()
    {
        Assert.Equal(16, Vgg19.Names.Count);
        Assert.Equal(("conv1_1", "conv3_4", "conv5_4"), (Vgg19.Names[0], Vgg19.Names[7], Vgg19.Names[^1]));
    }

    [Fact]
    public void A_gap_is_refused() => AssertRefused(
        TinyNetwork.ToTorch(TinyNetwork.Create(convolutions: 3)).Where(tensor => !tensor.Name.StartsWith("features.2.", StringComparison.Ordinal)),
        "features.2 is missing although features.5 is there");

    [Fact]
    public void A_missing_bias_is_refused() => AssertRefused(
        TinyNetwork.ToTorch(TinyNetwork.Create()).Where(tensor => tensor.Name != "features.2.bias"), "features.2.bias is missing");

    [Fact]
    public void Channels_that_do_not_chain_are_refused() => AssertRefused(
        [.. TinyNetwork.ToTorch(TinyNetwork.Create(convolutions: 1)), .. Convolution("features.2", 2, 3)], "features.2.weight has the shape [2, 3, 3, 3]; [1 to 4096, 2, 3, 3] is needed");

    [Fact]
    public void A_first_layer_of_another_input_than_colour_is_refused() =>
        AssertRefused(Convolution("conv1_1", 2, 1), "conv1_1.weight has the shape [2, 1, 3, 3]; [1 to 4096, 3, 3, 3] is needed");

    [Fact]
    public void Another_kernel_size_is_refused() => AssertRefused(
        [TorchTensor.Contiguous("conv1_1.weight", "FloatStorage", new float[3], 1, 3, 1, 1)], "is needed");

    [Fact]
    public void A_bias_of_another_length_is_refused() => AssertRefused(
        [Convolution("conv1_1", 2, 3)[0], TorchTensor.Contiguous("conv1_1.bias", "FloatStorage", [1, 2, 3], 3)], "conv1_1.bias has the shape [3]; [2] is needed");

    [Fact]
    public void A_layer_that_VGG19_does_not_have_is_refused()
    {
        AssertRefused([.. Convolution("conv1_1", 2, 3), .. Convolution("conv5_5", 2, 2)], "conv5_5");
        AssertRefused([.. Convolution("features.0", 2, 3), .. Convolution("features.17", 2, 2)], "features.17"); // VGG-16
        AssertRefused([.. Convolution("features.0", 2, 3), TorchTensor.Contiguous("features.1.running_mean", "FloatStorage", [1, 2], 2)], "features.1"); // batch norm
    }

    [Fact]
    public void A_file_without_a_network_is_refused() =>
        AssertRefused([TorchTensor.Contiguous("0.weight", "FloatStorage", [1], 1)], "holds no VGG-19");

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    public void A_weight_that_is_not_finite_is_refused(float value)
    {
        NetworkWeights network = TinyNetwork.Create();
        network.Convolutions[1].Kernel[5] = value;

        AssertRefused(TinyNetwork.ToTorch(network), "element 5 of features.2.weight is");
    }

    [Fact]
    public void Mean_activations_are_read_only_when_all_are_there_and_may_not_be_negative()
    {
        NetworkWeights network = TinyNetwork.Create(means: true);
        List<TorchTensor> tensors = TinyNetwork.ToTorch(network, torchvisionNames: false);
        tensors.Add(TorchTensor.Contiguous("conv1_1.mean_activation", "FloatStorage", [1, 2], 2));
        Assert.Null(ModelFile.Read(_folder.Write("x.pth", TorchWriter.Zip(tensors)), InputConvention.Caffe).MeanActivations);

        tensors.Add(TorchTensor.Contiguous("conv1_2.mean_activation", "FloatStorage", [1, -2], 2));
        AssertRefused(tensors, "conv1_2.mean_activation has a negative number");
    }

    [Fact]
    public void The_zip_and_the_legacy_file_hold_the_same_bits_and_the_half_file_is_close()
    {
        NetworkWeights zip = ModelFile.Read(SharedData.Path("models/interop/vgg19_first5.zip.pth"));
        NetworkWeights legacy = ModelFile.Read(SharedData.Path("models/interop/vgg19_first5.legacy.pth"));
        NetworkWeights half = ModelFile.Read(SharedData.Path("models/interop/vgg19_first5.half.pth"));

        Assert.Equal(["conv1_1", "conv1_2", "conv2_1", "conv2_2", "conv3_1"], zip.Convolutions.Select(layer => layer.Name));
        TinyNetwork.AssertSame(zip, legacy);
        foreach ((ConvolutionWeights exact, ConvolutionWeights rounded) in zip.Convolutions.Zip(half.Convolutions))
        {
            Assert.Equal(Array.ConvertAll(exact.Kernel, value => (float)(Half)value), rounded.Kernel);
            Assert.Equal(Array.ConvertAll(exact.Bias, value => (float)(Half)value), rounded.Bias);
        }
    }

    [Fact]
    public void The_published_network_is_the_same_in_safetensors_and_pth()
    {
        NetworkWeights safetensors = ModelFile.Read(SharedData.Path("models/vgg19/vgg19.safetensors"));
        NetworkWeights pth = ModelFile.Read(SharedData.Path("models/interop/vgg19_first5.zip.pth"));

        Assert.Equal(13, safetensors.Convolutions.Count);
        Assert.Equal(("conv5_1", 512, 512), (safetensors.Convolutions[^1].Name, safetensors.Convolutions[^1].Inputs, safetensors.Convolutions[^1].Outputs));
        TinyNetwork.AssertSame(safetensors with { Convolutions = [.. safetensors.Convolutions.Take(5)] }, pth);
    }

    private static TorchTensor[] Convolution(string name, int outputs, int inputs) =>
    [
        TorchTensor.Contiguous($"{name}.weight", "FloatStorage", new float[outputs * inputs * 9], outputs, inputs, 3, 3),
        TorchTensor.Contiguous($"{name}.bias", "FloatStorage", new float[outputs], outputs),
    ];

    private void AssertRefused(IEnumerable<TorchTensor> tensors, string expected)
    {
        string path = _folder.Write("x.pth", TorchWriter.Zip([.. tensors]));

        var problem = Assert.Throws<InvalidInputException>(() => ModelFile.Read(path, InputConvention.Caffe));

        Assert.Contains(expected, problem.Message);
        Assert.Contains(path, problem.Message);
        Assert.DoesNotContain('\n', problem.Message);
    }
}
