using Pastiche.Compute;

namespace Pastiche.Tests.Compute;

public sealed unsafe class GemmKernelTests
{
    private const int Lanes = FeatureMap.BlockSize;
    private const int Panel = 2 * Lanes;
    private const float Untouched = -77;

    public static TheoryData<int, int, int, int, bool, bool> Shapes()
    {
        var data = new TheoryData<int, int, int, int, bool, bool>();
        foreach (int lanes in Vectors.Lanes)
        {
            foreach ((int rows, int blocks, int groups) in new[] { (1, 1, 1), (2, 3, 2), (3, 1, 4), (4, 2, 1), (5, 1, 3), (6, 2, 2) })
            {
                foreach (bool isHalf in new[] { false, true })
                    data.Add(lanes, rows, blocks, groups, isHalf, rows % 2 == 0);
            }
        }
        foreach (int rows in Enumerable.Range(7, 8))
            data.Add(16, rows, 1, 2, rows % 3 == 0, rows % 2 == 0);
        return data;
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Product_equals_the_scalar_reference(int lanes, int rows, int blocks, int groups, bool isHalf, bool accumulate)
    {
        // Strides are larger than what they step over, so that a wrong one is found.
        var shape = new GemmShape(rows, blocks)
        {
            BlockStride = (rows + 1) * Lanes,
            ResultBlockStride = (rows + 2) * Lanes,
            Groups = groups,
            GroupStride = blocks * (rows + 1) * Lanes + Lanes,
            ResultGroupStride = 2 * (rows + 2) * Lanes + Lanes,
            IsHalf = isHalf,
            Accumulate = accumulate,
        };
        using NativeBuffer a = Filled(groups * shape.GroupStride, 1), b = Filled(blocks * Lanes * Panel, 2);
        using NativeBuffer c = Filled(groups * shape.ResultGroupStride, 3);
        if (!accumulate)
            new Span<float>(c.Pointer, (int)(groups * shape.ResultGroupStride)).Fill(Untouched);
        float[] before = [.. new ReadOnlySpan<float>(c.Pointer, (int)(groups * shape.ResultGroupStride))];
        float[] expected = Expected(shape, a.Pointer, b.Pointer, before);

        switch (lanes)
        {
            case 16: GemmKernel<Simd512>.Multiply(shape, a.Pointer, b.Pointer, c.Pointer); break;
            case 8: GemmKernel<Simd256>.Multiply(shape, a.Pointer, b.Pointer, c.Pointer); break;
            default: GemmKernel<Simd128>.Multiply(shape, a.Pointer, b.Pointer, c.Pointer); break;
        }

        for (int i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], c.Pointer[i], 1e-4f);
    }

    private static float[] Expected(GemmShape shape, float* a, float* b, float[] before)
    {
        float[] result = [.. before];
        for (int group = 0; group < shape.Groups; group++)
        {
            for (int row = 0; row < shape.Rows; row++)
            {
                for (int column = 0; column < (shape.IsHalf ? Lanes : Panel); column++)
                {
                    nint target = group * shape.ResultGroupStride + column / Lanes * shape.ResultBlockStride + row * Lanes + column % Lanes;
                    double sum = shape.Accumulate ? before[target] : 0;
                    for (int k = 0; k < shape.Blocks * Lanes; k++)
                        sum += (double)a[group * shape.GroupStride + k / Lanes * shape.BlockStride + row * Lanes + k % Lanes] * b[k * Panel + column];
                    result[target] = (float)sum;
                }
            }
        }
        return result;
    }

    private static NativeBuffer Filled(nint length, int seed)
    {
        var buffer = new NativeBuffer(length);
        ScalarReference.RandomValues((int)length, seed).CopyTo(new Span<float>(buffer.Pointer, (int)length));
        return buffer;
    }
}
