using Pastiche.Compute;
using Pastiche.Networks;
using Pastiche.Tests.Networks;
using Pastiche.Training;

namespace Pastiche.Tests.Training;

/// <summary>The gradient of every number of the network, convolution by convolution, against differences of the loss.</summary>
public sealed class CompactPassTests
{
    private const int Side = 32;

    private static readonly TrainingWeights Weights = new(Readout: 0.7, Pixels: 0.3, Perceptual: 0.4);

    public static TheoryData<string> Slices() => [.. Layout(Teacher()).AllSlices.Select(slice => slice.Name)];

    public static TheoryData<string, int> DecoderSlices() =>
        [.. from block in Enumerable.Range(0, 5) from slice in Layout(Teacher()).Decoders[block] select (slice.Name, block)];

    public static TheoryData<string> DeepSlices() => [.. Layout(Teacher()).Learning(TrainingStage.Deep).Select(slice => slice.Name)];

    [Theory]
    [MemberData(nameof(Slices))]
    public void Gradient_of_all_losses_is_that_of_finite_differences(string name)
    {
        using var stage = new Stage(Weights);
        stage.Check(name, (pass, planes, gradients) => JointLoss(pass.Run(planes, Side, gradients)));
    }

    [Theory]
    [MemberData(nameof(DecoderSlices))]
    public void Gradient_of_the_teachers_judgement_is_that_of_finite_differences(string name, int block)
    {
        // The pixels' loss would drown the judgement in its rounding; and the teacher has a kink wherever one goes a little farther.
        using var stage = new Stage(Weights with { Pixels = 0 });
        stage.Check(name, (pass, planes, gradients) => Weights.Perceptual * pass.RunDecoders(planes, Side, block, gradients).Perceptual, step: 4e-6);
    }

    [Theory]
    [MemberData(nameof(DeepSlices))]
    public void Gradient_of_the_deep_losses_is_that_of_finite_differences(string name)
    {
        using var stage = new Stage(Weights);
        stage.Check(name, (pass, planes, gradients) => DeepLoss(pass.RunDeep(planes, Side, readouts: 3, gradients)));
    }

    [Fact]
    public void Nothing_else_has_a_gradient_of_the_deep_losses()
    {
        using var stage = new Stage(Weights);
        string[] deep = [.. Layout(Teacher()).Learning(TrainingStage.Deep).Select(slice => slice.Name)];

        stage.CheckStill(slice => !deep.Contains(slice.Name), (pass, planes, gradients) => pass.RunDeep(planes, Side, readouts: 1, gradients));

        Assert.Contains("conv4_2", deep);
        Assert.Contains("readout.relu4_2", deep);
        Assert.DoesNotContain("conv4_1", deep);
        Assert.DoesNotContain("readout.relu4_1", deep);
    }

    // The two readouts that are deep stand for three crops' here.
    private static double DeepLoss(SampleLosses losses) =>
        -losses.Decibels[^1] * Math.Log(10) / 10 * Weights.PixelsOf(4) + 3 * Weights.Readout * (losses.Unexplained[4] + losses.Unexplained[5]);

    private static double JointLoss(SampleLosses losses) => PixelLosses(losses) + Weights.Readout * losses.Unexplained.Sum();

    private static double PixelLosses(SampleLosses losses) =>
        losses.Decibels.Select((decibels, block) => -decibels * Math.Log(10) / 10 * Weights.PixelsOf(block)).Sum();

    private static NetworkWeights Teacher() =>
        SmallVgg.Random() with { Padding = PaddingKind.Reflection };

    private static CompactLayout Layout(NetworkWeights teacher) => new(
        [4, 5, 17, 7, 6], [.. teacher.Convolutions.Select(convolution => convolution.Outputs)]);

    private sealed class Stage : IDisposable
    {
        private readonly WorkerPool _pool = new(1);
        private readonly CompactLayout _layout;
        private readonly float[] _parameters, _planes;
        private readonly TrainedNetwork _network;
        private readonly CompactPass _pass;

        public Stage(TrainingWeights weights)
        {
            NetworkWeights teacher = Teacher();
            _layout = Layout(teacher);
            _parameters = _layout.Initialize(3);
            // Most activations stay clear of the ReLU's kink, where differences would tell nothing.
            foreach (ConvolutionSlice slice in _layout.AllSlices.Where(slice => slice.Taps == 9 && slice.Outputs > 3))
                slice.Bias(_parameters).Fill(0.5f);
            _network = new TrainedNetwork(_layout, _parameters, _pool);
            _pass = new CompactPass(_network, teacher, weights);
            _planes = SmallVgg.Picture(Side, Side);
        }

        public void Check(string name, Func<CompactPass, float[], float[], double> run, double step = 3e-5)
        {
            ConvolutionSlice slice = _layout.AllSlices.Single(candidate => candidate.Name == name);
            var gradients = new float[_layout.Count];
            Evaluate(run, gradients);
            FiniteDifferences.Check(
                values =>
                {
                    float[] before = _parameters.AsSpan(slice.Start, slice.Length).ToArray();
                    values.CopyTo(_parameters, slice.Start);
                    double loss = Evaluate(run, new float[_layout.Count]);
                    before.CopyTo(_parameters, slice.Start);
                    return loss;
                },
                _parameters.AsSpan(slice.Start, slice.Length).ToArray(), gradients.AsSpan(slice.Start, slice.Length).ToArray(), step, 0.08);
        }

        public void CheckStill(Func<ConvolutionSlice, bool> isStill, Action<CompactPass, float[], float[]> run)
        {
            var gradients = new float[_layout.Count];
            _network.Load(_layout.AllSlices);
            _pass.Load();
            run(_pass, _planes, gradients);
            foreach (ConvolutionSlice slice in _layout.AllSlices)
                Assert.Equal(isStill(slice), gradients.AsSpan(slice.Range).IndexOfAnyExcept(0f) < 0);
        }

        public void Dispose()
        {
            _pass.Dispose();
            _network.Dispose();
            _pool.Dispose();
        }

        private double Evaluate(Func<CompactPass, float[], float[], double> run, float[] gradients)
        {
            _network.Load(_layout.AllSlices);
            _pass.Load();
            return run(_pass, _planes, gradients);
        }
    }
}
