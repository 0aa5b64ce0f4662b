using Pastiche.Compute;

namespace Pastiche.Tests.Compute;

public sealed class RotatedKernelTests
{
    [Theory]
    [InlineData(21, 37, 6)]
    [InlineData(48, 64, 6)]
    [InlineData(1, 17, 6)]
    [InlineData(300, 232, 4)]
    public unsafe void Panels_are_those_of_the_transposed_kernel(int inputs, int outputs, int tileSize)
    {
        using var pool = new WorkerPool(2);
        float[] kernel = ScalarReference.RandomValues(outputs * inputs * 9, 1);
        using var forward = new PackedKernel(kernel, inputs, outputs, ScalarReference.RandomValues(outputs, 2), transposed: false, pool);
        using var expected = new PackedKernel(kernel, outputs, inputs, [], transposed: true, pool);

        using var actual = new RotatedKernel(forward);

        Assert.Equal(tileSize, actual.Points.Side - 2);
        Assert.Equal((expected.Inputs, expected.Outputs, expected.Panels), (actual.Inputs, actual.Outputs, actual.Panels));
        Assert.Equal(new float[expected.Panels * 32], new ReadOnlySpan<float>(actual.Bias, expected.Panels * 32).ToArray());
        using var scratch = new NativeBuffer(actual.ScratchFloats);
        int points = actual.Points.Count;
        for (int i = 0; i < expected.Panels * points; i += 1 + i % 5)
        {
            (int panel, int point) = Math.DivRem(i, points);
            // The second block of the last panel may be missing: nobody reads it.
            int columns = Math.Min(32, Units.RoundUp(inputs, 16) - panel * 32);
            float[] ours = Columns(actual.Panel(panel, point, scratch.Pointer), actual.PanelFloats, columns);
            float[] theirs = Columns(expected.Panel(panel, point, null), expected.PanelFloats, columns);
            // Sums in double precision, in another order, may be rounded to the neighbouring float.
            Assert.InRange(ScalarReference.RelativeError(theirs, ours), 0, 1e-7);
        }
    }

    [Theory]
    [InlineData(6)]
    [InlineData(4)]
    public void Every_point_has_its_inverse(int tileSize)
    {
        WinogradPoints points = tileSize == 6 ? WinogradPoints.Six : WinogradPoints.Four;
        for (int i = 0; i < points.Side; i++)
        {
            (int inverse, float factor) = points.Reversed(i);
            Assert.Equal(i, points.Reversed(inverse).Point);
            Assert.Equal(1, factor * points.Reversed(inverse).Factor);
            Assert.Equal(0, Math.Log2(Math.Abs(factor)) % 1);
        }
    }

    private static unsafe float[] Columns(float* panel, int floats, int columns) =>
        [.. new ReadOnlySpan<float>(panel, floats).ToArray().Where((_, i) => i % 32 < columns)];
}
