using Pastiche.Optimizers;

namespace Pastiche.Tests.Optimizers;

public sealed class ProjectionTests
{
    private static readonly Bounds Unit = new(0, 1);

    [Theory]
    [InlineData(3)]
    [InlineData(16)]
    [InlineData(71)]
    public void Only_coordinates_that_are_pushed_against_a_bound_are_cleared(int length)
    {
        (float[] point, float[] gradient, float[] source) = Arrays(length);
        var target = new float[length];

        Projection.CopyFree(point, gradient, Unit, source, target);

        for (int i = 0; i < length; i++)
            Assert.Equal(Unit.IsBlocked(point[i], gradient[i]) ? 0 : source[i], target[i]);
        Assert.Contains(target, value => value == 0);
        Assert.Contains(target, value => value != 0);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(16)]
    [InlineData(71)]
    [InlineData(9001)]
    public void A_step_is_clamped_and_its_promise_counts_what_was_gone(int length)
    {
        (float[] point, float[] gradient, float[] direction) = Arrays(length);
        var target = new float[length];

        double change = Projection.Move(point, gradient, direction, 0.75f, Unit, target);

        double expected = 0;
        for (int i = 0; i < length; i++)
        {
            Assert.Equal(Math.Clamp(point[i] + 0.75f * direction[i], 0, 1), target[i], 1e-6);
            expected += (double)gradient[i] * (target[i] - point[i]);
        }
        Assert.Equal(expected, change, 1e-4 * Math.Sqrt(length));
    }

    [Fact]
    public void Without_bounds_every_coordinate_moves()
    {
        (float[] point, float[] gradient, float[] direction) = Arrays(20);
        var target = new float[20];
        Projection.Move(point, gradient, direction, 2, Bounds.None, target);
        Assert.Equal(point.Zip(direction, (x, d) => x + 2 * d), target);
    }

    // A third of the coordinates each lie at one of the bounds, and between them.
    private static (float[] Point, float[] Gradient, float[] Direction) Arrays(int length)
    {
        var random = new Random(5);
        float[] point = [.. Enumerable.Range(0, length).Select(i => i % 3 == 2 ? random.NextSingle() : i % 3)];
        float[] gradient = [.. Enumerable.Range(0, length).Select(i => i == 0 ? 1 : random.NextSingle() - 0.5f)];
        float[] direction = [.. Enumerable.Range(0, length).Select(_ => random.NextSingle() * 3 - 1.5f)];
        return (point, gradient, direction);
    }
}
