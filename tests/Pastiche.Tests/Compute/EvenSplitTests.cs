using Pastiche.Compute;

namespace Pastiche.Tests.Compute;

public sealed class EvenSplitTests
{
    [Theory]
    [InlineData(1, 6)]
    [InlineData(12, 6)]
    [InlineData(29, 6)]
    [InlineData(16384, 30)]
    public void Groups_cover_all_items_and_the_larger_ones_come_first(int items, int most)
    {
        var split = new EvenSplit(items, most);
        int end = 0;
        for (int group = 0; group < split.Groups; group++)
        {
            Assert.Equal(end, split.Start(group));
            Assert.Equal(items / split.Groups + (group < split.LargerGroups ? 1 : 0), split.Count(group));
            Assert.InRange(split.Count(group), 1, most);
            end += split.Count(group);
        }
        Assert.Equal(items, end);
    }
}
