using Pastiche.Models;
using Pastiche.Networks;

namespace Pastiche.Tests.Models;

public sealed class MetricFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("pastiche-metric-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Metrics_survive_a_round_trip_and_half_precision()
    {
        NetworkWeights weights = Network([1.25f, 0.1f, 0.1f, 3]);

        ModelFile.Write(weights, InFolder("model"), type: ElementType.Float16);

        Assert.Equal(weights.Metrics, ModelFile.Read(InFolder("model")).Metrics);
        Assert.Empty(weights.CutAfter(0).Metrics);
    }

    [Theory]
    [InlineData(new float[] { 1, 2, 3, 4 }, "not symmetric")]
    [InlineData(new float[] { 1, float.NaN, 0, 4 }, "finite")]
    public void A_metric_that_is_none_is_refused(float[] metric, string expected)
    {
        ModelFile.Write(Network(metric), InFolder("model"));
        Assert.Contains(expected, Assert.Throws<InvalidInputException>(() => ModelFile.Read(InFolder("model"))).Message);
    }

    private static NetworkWeights Network(float[] metric) =>
        TinyNetwork.Create() with { Metrics = new Dictionary<Tap, float[]> { [Tap.Parse("relu1_2")] = metric } };

    private string InFolder(string name) => Path.Combine(_folder, name);
}
