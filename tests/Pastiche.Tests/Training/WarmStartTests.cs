using Pastiche.Compute;
using Pastiche.Networks;
using Pastiche.Tests.Networks;
using Pastiche.Training;

namespace Pastiche.Tests.Training;

public sealed class WarmStartTests
{
    private static readonly int[] TeacherChannels = [.. SmallVgg.Random().Convolutions.Select(convolution => convolution.Outputs)];

    [Fact]
    public void A_wider_network_decodes_to_the_same_picture()
    {
        NetworkWeights narrow = Model([4, 5, 17, 7, 6], seed: 1, out _, out _);
        Model([4, 6, 20, 7, 13], seed: 2, out CompactLayout layout, out float[] parameters);

        WarmStart.Take(narrow, "narrow", layout, parameters);

        NetworkWeights wide = TrainedModel.Weights(layout, parameters);
        for (int level = 1; level <= 5; level++)
        {
            float[] expected = Decode(narrow, level), actual = Decode(wide, level);
            for (int i = 0; i < expected.Length; i++)
                Assert.Equal(expected[i], actual[i], 1e-4f);
        }
        // What is new is not read yet, but there to be read.
        Assert.Contains(wide.Convolutions[^1].Kernel[^9..], value => value != 0);
    }

    [Fact]
    public void Readouts_of_a_teacher_that_is_the_network_itself_explain_everything()
    {
        int[] channels = [4, 5, 17, 7, 6];
        NetworkWeights network = Model(channels, seed: 1, out _, out _);
        var layout = new CompactLayout(channels, [.. network.Convolutions.Select(convolution => convolution.Outputs)]);
        float[] parameters = layout.Initialize(1), planes = SmallVgg.Picture(64, 64, seed: 4);
        using var compute = new NetworkCompute(1);
        network = TrainedModel.Weights(layout, parameters);

        WarmStart.FitReadouts(layout, parameters, network, Enumerable.Range(1, 4).Select(seed => (SmallVgg.Picture(64, 64, seed), 64, 64)), compute);

        using var trained = new TrainedNetwork(layout, parameters, compute.Pool);
        using var pass = new CompactPass(trained, network, new TrainingWeights(1, 1, 0));
        pass.Load();
        SampleLosses losses = pass.Run(planes, 64, new float[layout.Count]);
        Assert.Equal(6, losses.Unexplained.Length);
        Assert.All(losses.Unexplained, share => Assert.InRange(share, 0, 0.02));
    }

    [Fact]
    public void A_network_with_more_channels_than_are_trained_is_refused_by_name()
    {
        NetworkWeights wide = Model([4, 6, 20, 7, 13], seed: 2, out _, out _);
        Model([4, 5, 17, 7, 6], seed: 1, out CompactLayout layout, out float[] parameters);

        string message = Assert.Throws<InvalidInputException>(() => WarmStart.Take(wide, "wide", layout, parameters)).Message;

        Assert.Contains("wide", message);
        Assert.Contains("conv2_1 leads from 4 to 6 channels; allowed: at most 4 to 5", message);
    }

    private static NetworkWeights Model(int[] channels, int seed, out CompactLayout layout, out float[] parameters)
    {
        layout = new CompactLayout(channels, TeacherChannels);
        parameters = layout.Initialize(seed);
        return TrainedModel.Weights(layout, parameters);
    }

    private static float[] Decode(NetworkWeights weights, int level)
    {
        using var compute = new NetworkCompute(1);
        Tap tap = Vgg19.FirstTapOf(level);
        using var encoder = new FeatureNetwork(weights, [tap], PoolingKind.Max, compute);
        using var decoder = new DecoderNetwork(weights.Decoders[level - 1], compute);
        encoder.Forward(SmallVgg.Picture(32, 48), 32, 48);
        return decoder.Forward(encoder[tap], 32, 48);
    }
}
