using Pastiche.Compute;
using Pastiche.Engines;
using Pastiche.Imaging;
using Pastiche.Models;
using Pastiche.Networks;
using Pastiche.Tests.Compute;
using Pastiche.Tests.Networks;

namespace Pastiche.Tests.Models;

public sealed class PairFolderTests : IDisposable
{
    // What the published encoders have: red, green, blue to blue, green, red times 255 less the mean.
    private static readonly float[] CaffeMatrix = [0, 0, 255, 0, 255, 0, 255, 0, 0];
    private static readonly float[] CaffeBias = [-103.939f, -116.779f, -123.68f];

    // Encoder: number of each convolution in the chain of convolutions, ReLUs, paddings and poolings.
    private static readonly int[] Places = [2, 5, 9, 12, 16, 19, 22, 25, 29, 32, 35, 38, 42];

    private readonly TemporaryFolder _folder = new();
    private readonly NetworkWeights _network = SmallDecoders.Random(depth: 9);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Pairs_of_all_levels_become_one_network()
    {
        WritePairs(CaffeMatrix, CaffeBias);
        SafetensorsWriter.Write(_folder["scale.safetensors"], [new NamedTensor("scale", [2], [1, 2], ElementType.Float32)], new Dictionary<string, string>());

        NetworkWeights read = PairFolder.Read(_folder.Root);

        Assert.Equal((InputConvention.Caffe, PaddingKind.Reflection), (read.Input, read.Padding));
        Assert.Equal(_network.Convolutions.Select(layer => layer.Name), read.Convolutions.Select(layer => layer.Name));
        Assert.InRange(ScalarReference.RelativeError(_network.Convolutions[0].Kernel, read.Convolutions[0].Kernel), 0, 1e-6);
        Assert.InRange(ScalarReference.RelativeError(_network.Convolutions[0].Bias, read.Convolutions[0].Bias), 0, 1e-4);
        // The first layer is folded; all else is taken as it is.
        TinyNetwork.AssertSame(
            _network with { Convolutions = [.. _network.Convolutions.Skip(1)] }, read with { Convolutions = [.. read.Convolutions.Skip(1)] });
    }

    [Fact]
    public void Any_colour_conversion_is_folded_exactly()
    {
        float[] matrix = [3, -1, 0.5f, 0, 2, 1, -0.25f, 0, 4], bias = [0.5f, -2, 1];
        WritePairs(matrix, bias);
        const int Height = 21, Width = 18;
        float[] picture = SmallVgg.Picture(Height, Width), converted = new float[picture.Length];
        for (int i = 0; i < converted.Length; i++)
        {
            (int channel, int pixel) = Math.DivRem(i, Height * Width);
            converted[i] = bias[channel] + Enumerable.Range(0, 3).Sum(colour => matrix[channel * 3 + colour] * picture[colour * Height * Width + pixel]);
        }
        using var compute = new NetworkCompute(threads: 2);
        Tap tap = Tap.Parse("relu4_1");
        var plain = new InputConvention("plain", IsBgr: false, Range: 1, Mean: [0, 0, 0], Deviation: [1, 1, 1]);
        using var expected = new FeatureNetwork(_network with { Input = plain }, [tap], PoolingKind.Max, compute);
        using var actual = new FeatureNetwork(PairFolder.Read(_folder.Root), [tap], PoolingKind.Max, compute);

        expected.Forward(converted, Height, Width);
        actual.Forward(picture, Height, Width);

        Assert.InRange(ScalarReference.RelativeError(expected[tap].ToPlanes(), actual[tap].ToPlanes()), 0, 1e-4);
    }

    [Fact]
    public void Folder_is_imported_under_its_name()
    {
        string pairs = Directory.CreateDirectory(_folder["Pairs"]).FullName;
        WritePairs(CaffeMatrix, CaffeBias, pairs);
        var store = new ModelStore([_folder["home"]], []);

        ModelListing listing = store.Import(pairs + Path.DirectorySeparatorChar, cancellation: TestContext.Current.CancellationToken);

        Assert.Equal(("pairs", "caffe", "Pairs"), (listing.Name, listing.Input, listing.Description));
        NetworkWeights stored = store.Load("pairs").Weights;
        TinyNetwork.AssertSame(PairFolder.Read(pairs), stored);
        Assert.Contains("no input convention is needed", Assert.Throws<InvalidInputException>(
            () => store.Import(pairs, "other", "caffe", cancellation: TestContext.Current.CancellationToken)).Message);
    }

    [Fact]
    public void What_does_not_fit_is_named()
    {
        Assert.Contains("holds no encoder of universal style transfer", Problem());

        WriteEncoder(2, CaffeMatrix, CaffeBias);
        WriteDecoder(3, _network.Decoders[2]);
        Assert.Contains("decoder3.pth: decodes level 3, but the deepest encoder", Problem());

        File.Delete(_folder["decoder3.pth"]);
        WriteDecoder(2, SmallDecoder.Random(2, [4, 5, 6, 7, 8]));
        Assert.Contains("decodes 5 channels; conv2_1", Problem());

        WriteDecoder(2, _network.Decoders[1]);
        WriteEncoder(1, CaffeMatrix, [0, 0, 0]);
        Assert.Contains("encoder1.pth: its encoder is another network than that of", Problem());

        WriteEncoder(1, CaffeMatrix, CaffeBias);
        Assert.Equal([2], PairFolder.Read(_folder.Root).Decoders.Select(decoder => decoder.Level));
        WriteDecoder(1, _network.Decoders[1]);
        Assert.Contains("is a second decoder of level 2", Problem());

        WriteDecoder(1, _network.Decoders[1] with { Convolutions = [.. _network.Decoders[1].Convolutions.Take(2)] });
        Assert.Contains("has 2 3x3 convolutions in a chain; an encoder or decoder of a level has 1, 3, 5, 9, 13", Problem());
    }

    [Fact]
    public void Published_pairs_reconstruct_a_photograph()
    {
        NetworkWeights weights = PairFolder.Read(SharedData.Path("models/ust"));
        Picture photo = PictureFile.Read(SharedData.Path("images/content/kodim04.png"));
        using var compute = new NetworkCompute();
        var decibels = new Dictionary<int, double>();
        foreach (int level in new[] { 1, 2, 3 })
        {
            using var engine = new UniversalEngine(new UniversalOptions { Levels = [new(level)], Alpha = 0 }, weights, compute);
            engine.Run(
                photo, [new(engine.Read(photo), 1)], photo.Planes,
                step => decibels[level] = -10 * Math.Log10(step.Planes.Zip(photo.Planes, (a, b) => Math.Pow((double)a - b, 2)).Average()),
                TestContext.Current.CancellationToken);
            TestContext.Current.TestOutputHelper?.WriteLine($"level {level}: {decibels[level]:f2} dB");
        }
        // What these weights give; that they are computed rightly is the next test's matter.
        Assert.True(decibels[1] >= 28 && decibels[2] >= 34 && decibels[3] >= 28.5, string.Join(", ", decibels));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Published_pairs_compute_what_plain_arithmetic_does(int level)
    {
        const int Side = 24, Pixels = Side * Side;
        NetworkWeights weights = PairFolder.Read(SharedData.Path("models/ust"));
        Picture photo = Resampling.Resize(SharedVgg.Picture("kodim04_96.png"), Side, Side);
        using TensorFile encoder = TensorFile.Open(SharedData.Path($"models/ust/vgg_normalised_conv{level}_1.pth"));
        using TensorFile decoder = TensorFile.Open(SharedData.Path($"models/ust/feature_invertor_conv{level}_1.pth"));
        float[] matrix = encoder.Read("0.weight"), bias = encoder.Read("0.bias"), features = new float[3 * Pixels];
        for (int i = 0; i < features.Length; i++)
        {
            (int channel, int pixel) = Math.DivRem(i, Pixels);
            features[i] = bias[channel] + Enumerable.Range(0, 3).Sum(colour => matrix[channel * 3 + colour] * photo.Planes[colour * Pixels + pixel]);
        }
        int side = Side;
        foreach (string place in (string[])(level == 1 ? ["2"] : ["2", "5", "9", "12", "16"]))
        {
            if (place is "9" or "16")
            {
                features = ScalarReference.Pool(features, features.Length / (side * side), side, side, isAverage: false);
                side /= 2;
            }
            features = ScalarReference.Rectify(Convolve(features, encoder, place, side));
        }
        float[] planes = features;
        foreach (string place in (string[])(level == 1 ? ["1"] : ["1", "5", "8", "12", "15"]))
        {
            bool isLast = place == (level == 1 ? "1" : "15");
            planes = Convolve(planes, decoder, place, side);
            planes = isLast ? planes : ScalarReference.Rectify(planes);
            if (!isLast && (place is "1" or "8"))
            {
                planes = ScalarReference.Enlarge(planes, planes.Length / (side * side), 2 * side, 2 * side);
                side *= 2;
            }
        }
        using var compute = new NetworkCompute();
        Tap tap = Vgg19.FirstTapOf(level);
        using var network = new FeatureNetwork(weights, [tap], PoolingKind.Max, compute);
        using var back = new DecoderNetwork(weights.Decoders[level - 1], compute);

        network.Forward(photo.Planes, Side, Side);

        Assert.InRange(ScalarReference.RelativeError(features, network[tap].ToPlanes()), 0, 1e-5);
        Assert.InRange(ScalarReference.RelativeError(planes, back.Forward(network[tap], Side, Side)), 0, 1e-5);
    }

    private static float[] Convolve(float[] values, TensorFile file, string place, int side)
    {
        float[] bias = file.Read($"{place}.bias");
        return ScalarReference.Convolve(
            values, values.Length / (side * side), side, side, file.Read($"{place}.weight"), bias, bias.Length, PaddingKind.Reflection);
    }

    private string Problem() => Assert.Throws<InvalidInputException>(() => PairFolder.Read(_folder.Root)).Message;

    private void WritePairs(float[] matrix, float[] bias, string? folder = null)
    {
        for (int level = 1; level <= 4; level++)
        {
            WriteEncoder(level, matrix, bias, folder);
            WriteDecoder(level, _network.Decoders[level - 1], folder);
        }
    }

    private void WriteEncoder(int level, float[] matrix, float[] bias, string? folder = null)
    {
        var tensors = new List<TorchTensor>
        {
            TorchTensor.Contiguous("0.weight", "FloatStorage", matrix, 3, 3, 1, 1),
            TorchTensor.Contiguous("0.bias", "FloatStorage", bias, 3),
        };
        tensors.AddRange(_network.Convolutions.Take(Vgg19.FirstTapOf(level).Convolution + 1).SelectMany((layer, i) => TensorsOf(layer, Places[i])));
        File.WriteAllBytes(Path.Combine(folder ?? _folder.Root, $"encoder{level}.pth"), TorchWriter.Legacy(tensors));
    }

    private void WriteDecoder(int level, DecoderWeights decoder, string? folder = null) => File.WriteAllBytes(
        Path.Combine(folder ?? _folder.Root, $"decoder{level}.pth"),
        TorchWriter.Zip([.. decoder.Convolutions.SelectMany((layer, i) => TensorsOf(layer, 1 + 4 * i))]));

    private static IEnumerable<TorchTensor> TensorsOf(ConvolutionWeights layer, int place) =>
    [
        TorchTensor.Contiguous($"{place}.weight", "FloatStorage", layer.Kernel, layer.Outputs, layer.Inputs, 3, 3),
        TorchTensor.Contiguous($"{place}.bias", "FloatStorage", layer.Bias, layer.Outputs),
    ];
}
