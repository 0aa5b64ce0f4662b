using Pastiche.Imaging;

namespace Pastiche.Tests;

public sealed class StyleReadingsTests
{
    private static readonly WeightedStyle[] Styles = [.. new[] { 1.0, 2, 3 }.Select(weight => new WeightedStyle(new Picture(1, 1, new float[3]), weight))];

    [Fact]
    public void Each_painting_is_read_once_in_order()
    {
        var read = new List<double>();
        var readings = new StyleReadings<double>(Styles, style =>
        {
            read.Add(style.Weight);
            return 10 * style.Weight;
        });
        Assert.Empty(read);

        Assert.Equal([10, 20, 30], readings.Get(CancellationToken.None));
        Assert.Equal([10, 20, 30], readings.Get(CancellationToken.None));

        Assert.Equal([1, 2, 3], read);
    }

    [Fact]
    public void Reading_goes_on_where_it_was_cancelled()
    {
        using var cancellation = new CancellationTokenSource();
        var read = new List<double>();
        var readings = new StyleReadings<double>(Styles, style =>
        {
            read.Add(style.Weight);
            cancellation.Cancel();
            return style.Weight;
        });

        Assert.Throws<OperationCanceledException>(() => readings.Get(cancellation.Token));
        Assert.Equal([1], read);

        Assert.Equal([1, 2, 3], readings.Get(CancellationToken.None));
        Assert.Equal([1, 2, 3], read);
    }
}
