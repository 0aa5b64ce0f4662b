using Pastiche.Compute;
using Pastiche.Models;
using Pastiche.Networks;
using Pastiche.Tests.Networks;

namespace Pastiche.Tests.Models;

public sealed class DecoderFileTests : IDisposable
{
    // Up to conv3_1 and the decoders of levels 1 to 3.
    private const int Depth = 5;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(13)]
    public void Decoders_and_padding_survive_a_round_trip(int depth)
    {
        NetworkWeights network = SmallDecoders.Random(depth);

        TinyNetwork.AssertSame(network, RoundTrip(network));
    }

    [Fact]
    public void Half_precision_rounds_weights_but_not_mean_activations()
    {
        NetworkWeights network = SmallDecoders.Random(Depth);
        network = network with { MeanActivations = network.Convolutions.ToDictionary(layer => layer.Name, layer => Enumerable.Repeat(1e-9f, layer.Outputs).ToArray()) };

        NetworkWeights half = RoundTrip(network, ElementType.Float16);

        TinyNetwork.AssertSame(network with
        {
            Convolutions = [.. network.Convolutions.Select(Rounded)],
            Decoders = [.. network.Decoders.Select(decoder => decoder with { Convolutions = [.. decoder.Convolutions.Select(Rounded)] })],
        }, half);
    }

    [Fact]
    public void What_half_precision_cannot_hold_is_not_written()
    {
        NetworkWeights network = SmallDecoders.Random(Depth);
        network.Decoders[1].Convolutions[0].Kernel[3] = 70_000;

        var problem = Assert.Throws<ArgumentException>(() => RoundTrip(network, ElementType.Float16));

        Assert.Contains("decoder2.conv2_1.weight", problem.Message);
        Assert.Empty(_folder.Files());
    }

    [Fact]
    public void A_file_may_have_some_decoders_only()
    {
        NetworkWeights network = SmallDecoders.Random(Depth);
        network = network with { Decoders = [network.Decoders[2]] };

        TinyNetwork.AssertSame(network, RoundTrip(network));
    }

    [Fact]
    public void A_network_that_is_cut_keeps_the_decoders_that_it_still_feeds()
    {
        NetworkWeights network = SmallDecoders.Random(Depth);

        Assert.Equal([1, 2, 3], network.CutAfter(4).Decoders.Select(decoder => decoder.Level));
        Assert.Equal([1, 2], network.CutAfter(3).Decoders.Select(decoder => decoder.Level));
        Assert.Equal([1], network.CutAfter(0).Decoders.Select(decoder => decoder.Level));
        Assert.Equal(PaddingKind.Reflection, network.CutAfter(0).Padding);
        TinyNetwork.AssertSame(network.CutAfter(1), RoundTrip(network.CutAfter(1)));
    }

    [Fact]
    public void Padding_is_zero_unless_the_file_says_otherwise()
    {
        WriteTensors(TensorsOf(SmallDecoders.Random(Depth)), []);
        Assert.Equal(PaddingKind.Zero, ModelFile.Read(_folder["x"]).Padding);

        AssertRefused(TensorsOf(SmallDecoders.Random(Depth)), "padding is mirror; known are zero, reflection", new() { ["padding"] = "mirror" });
    }

    [Theory]
    [InlineData("decoder3.conv2_2.weight")]
    [InlineData("decoder3.conv1_1.bias")]
    [InlineData("decoder1.conv1_1.weight")]
    public void A_gap_is_refused(string missing) =>
        AssertRefused(TensorsOf(SmallDecoders.Random(Depth)).Where(tensor => tensor.Name != missing), $"{missing} is missing");

    [Theory]
    [InlineData("decoder2.conv3_1.weight")] // of a deeper level
    [InlineData("decoder2.conv2_2.bias")] // not mirrored
    [InlineData("decoder6.conv1_1.weight")]
    [InlineData("decoder0.conv1_1.weight")]
    [InlineData("decoder11.conv1_1.weight")]
    [InlineData("decoder1.out.weight")]
    public void A_layer_that_no_decoder_has_is_refused(string name) =>
        AssertRefused([.. TensorsOf(SmallDecoders.Random(Depth)), new(name, [1], [1], ElementType.Float32)], $"{name} is no decoder's");

    [Fact]
    public void A_decoder_of_what_the_network_does_not_reach_is_refused() => AssertRefused(
        TensorsOf(SmallDecoders.Random(Depth) with { Convolutions = SmallVgg.Random(4).Convolutions }), "decoder3 decodes relu3_1; the network ends at conv2_2");

    [Fact]
    public void Channels_must_fit_the_encoder_each_other_and_the_picture()
    {
        // The channels of blocks 1 to 3 are 6, 10, 17.
        AssertRefused(WithShape("decoder3.conv3_1", 10, 16), "decoder3.conv3_1.weight has the shape [10, 16, 3, 3]; [1 to 4096, 17, 3, 3] is needed");
        AssertRefused(WithShape("decoder3.conv2_2", 10, 9), "decoder3.conv2_2.weight has the shape [10, 9, 3, 3]; [1 to 4096, 10, 3, 3] is needed");
        AssertRefused(WithShape("decoder3.conv1_1", 4, 6), "decoder3.conv1_1.weight has the shape [4, 6, 3, 3]; [3, 6, 3, 3] is needed");
        AssertRefused(WithShape("decoder1.conv1_1", 1, 6), "decoder1.conv1_1.weight has the shape [1, 6, 3, 3]; [3, 6, 3, 3] is needed");
    }

    [Fact]
    public void A_weight_that_is_not_finite_is_refused()
    {
        NetworkWeights network = SmallDecoders.Random(Depth);
        network.Decoders[1].Convolutions[1].Bias[2] = float.NaN;

        AssertRefused(TensorsOf(network), "element 2 of decoder2.conv1_2.bias is NaN; weights must be finite");
    }

    private NetworkWeights RoundTrip(NetworkWeights network, ElementType? type = null)
    {
        ModelFile.Write(network, _folder["x"], type: type);
        return ModelFile.Read(_folder["x"]);
    }

    private static ConvolutionWeights Rounded(ConvolutionWeights layer) => layer with
    {
        Kernel = Array.ConvertAll(layer.Kernel, value => (float)(Half)value),
        Bias = Array.ConvertAll(layer.Bias, value => (float)(Half)value),
    };

    private static IEnumerable<NamedTensor> TensorsOf(NetworkWeights network) =>
    [
        .. network.Convolutions.SelectMany(layer => ConvolutionTensors.Of(layer, layer.Name, ElementType.Float32)),
        .. DecoderFile.Tensors(network.Decoders, ElementType.Float32),
    ];

    private static IEnumerable<NamedTensor> WithShape(string name, int outputs, int inputs) =>
        TensorsOf(SmallDecoders.Random(Depth)).Select(tensor => tensor.Name == $"{name}.weight"
            ? tensor with { Shape = [outputs, inputs, 3, 3], Values = new float[outputs * inputs * 9] }
            : tensor);

    private void WriteTensors(IEnumerable<NamedTensor> tensors, Dictionary<string, string> metadata) =>
        SafetensorsWriter.Write(_folder["x"], tensors, metadata);

    private void AssertRefused(IEnumerable<NamedTensor> tensors, string expected, Dictionary<string, string>? metadata = null)
    {
        WriteTensors(tensors, metadata ?? []);

        var problem = Assert.Throws<InvalidInputException>(() => ModelFile.Read(_folder["x"]));

        Assert.Contains(expected, problem.Message);
        Assert.StartsWith($"{_folder["x"]}: ", problem.Message);
        Assert.DoesNotContain('\n', problem.Message);
    }
}
