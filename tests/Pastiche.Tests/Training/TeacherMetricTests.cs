using Pastiche.Compute;
using Pastiche.Networks;
using Pastiche.Tests.Networks;
using Pastiche.Training;

namespace Pastiche.Tests.Training;

public sealed class TeacherMetricTests
{
    private static readonly (float[], int, int)[] Pictures = [.. Enumerable.Range(1, 3).Select(seed => (SmallVgg.Picture(64, 80, seed), 64, 80))];

    [Fact]
    public void A_teacher_read_from_itself_sees_every_channel_alike()
    {
        using var compute = new NetworkCompute(2);
        NetworkWeights network = SmallVgg.Random(5);

        IReadOnlyDictionary<Tap, float[]> metrics = TeacherMetric.Measure(network, network, Pictures, compute);

        Assert.Equal(5, metrics.Count);
        foreach ((Tap tap, float[] metric) in metrics)
        {
            int channels = network.Convolutions[tap.Convolution].Outputs;
            // Channels that the pictures leave dark cannot be told; they count for nothing.
            for (int i = 0; i < metric.Length; i++)
                Assert.InRange(metric[i], i % (channels + 1) == 0 ? -0.1 : -0.2, i % (channels + 1) == 0 ? 1.05 : 0.2);
        }
        Assert.InRange(Trace(metrics[Tap.Parse("relu1_1")], 6) / 6, 0.9, 1.01);
    }

    [Fact]
    public void Metrics_are_those_of_the_teachers_scale_and_share()
    {
        using var compute = new NetworkCompute(2);
        NetworkWeights student = SmallVgg.Random(1);
        ConvolutionWeights first = student.Convolutions[0];
        // The teacher has each of the student's channels twice, three times as strong.
        NetworkWeights teacher = student with
        {
            Convolutions = [first with { Outputs = 2 * first.Outputs, Kernel = Twice(first.Kernel), Bias = Twice(first.Bias) }],
        };

        float[] own = TeacherMetric.Measure(student, student, Pictures, compute)[Tap.Parse("relu1_1")];
        float[] metric = TeacherMetric.Measure(student, teacher, Pictures, compute)[Tap.Parse("relu1_1")];

        for (int i = 0; i < metric.Length; i++)
            Assert.Equal(9 * own[i], metric[i], 1e-3);

        static float[] Twice(float[] values) => [.. Enumerable.Repeat(values, 2).SelectMany(part => part).Select(value => 3 * value)];
    }

    private static double Trace(float[] matrix, int size) => Enumerable.Range(0, size).Sum(i => (double)matrix[i * size + i]);
}
