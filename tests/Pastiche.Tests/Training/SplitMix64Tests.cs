using Pastiche.Training;

namespace Pastiche.Tests.Training;

public sealed class SplitMix64Tests
{
    [Fact]
    public void A_key_always_gives_the_same_numbers()
    {
        SplitMix64 first = new(1, 2, 3), second = new(1, 2, 3);
        for (int i = 0; i < 10; i++)
            Assert.Equal(first.Next(), second.Next());
    }

    [Fact]
    public void Keys_that_differ_in_one_part_or_in_order_give_other_numbers()
    {
        ulong[][] keys = [[0, 0, 0], [1, 0, 0], [0, 1, 0], [0, 0, 1], [1, 1, 0], [2, 0, 0], [0, 2, 0], [0, 0], [ulong.MaxValue, 0, 0]];
        Assert.Equal(keys.Length, keys.Select(key => new SplitMix64(key).Next()).Distinct().Count());
    }

    [Fact]
    public void First_numbers_of_neighbouring_keys_are_uniform_and_unrelated()
    {
        const int Count = 4000;
        double[] values = [.. Enumerable.Range(0, Count).Select(step => new SplitMix64(7, (ulong)step).NextDouble())];
        Assert.All(values, value => Assert.InRange(value, 0, 1));
        Assert.Equal(0.5, values.Average(), tolerance: 0.02);
        Assert.Equal(1 / 12.0, values.Average(value => Math.Pow(value - 0.5, 2)), tolerance: 0.004);
        Assert.Equal(0, values.Zip(values.Skip(1)).Average(pair => (pair.First - 0.5) * (pair.Second - 0.5)), tolerance: 0.005);
    }

    [Fact]
    public void Whole_numbers_cover_their_range_evenly()
    {
        var random = new SplitMix64(5);
        var counts = new int[7];
        for (int i = 0; i < 7000; i++)
            counts[random.NextInt(7)]++;
        Assert.All(counts, count => Assert.InRange(count, 880, 1120));
    }
}
