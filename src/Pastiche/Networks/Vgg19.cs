namespace Pastiche.Networks;

/// <summary>
/// The convolutions of VGG-19 (Simonyan and Zisserman, arXiv 1409.1556, configuration E): five blocks of 3x3 convolutions with
/// ReLU, and a 2x2 pooling between two blocks. A network of the same shape with fewer channels is one too.
/// </summary>
internal static class Vgg19
{
    /// <summary>Convolutions of each block.</summary>
    public static IReadOnlyList<int> ConvolutionsPerBlock { get; } = [2, 2, 4, 4, 4];

    /// <summary>Channels of each block's convolutions.</summary>
    public static IReadOnlyList<int> ChannelsPerBlock { get; } = [64, 128, 256, 512, 512];

    /// <summary>The convolutions' names in order from the image: <c>conv1_1</c> to <c>conv5_4</c>.</summary>
    public static IReadOnlyList<string> Names { get; } =
        [.. ConvolutionsPerBlock.SelectMany((count, block) => Enumerable.Range(1, count).Select(i => $"conv{block + 1}_{i}"))];

    private static readonly int[] Blocks =
        [.. ConvolutionsPerBlock.SelectMany((count, block) => Enumerable.Repeat(block, count))];

    /// <summary>The block of a convolution, from 0.</summary>
    public static int BlockOf(int convolution) => Blocks[convolution];

    /// <summary>The tap after the first convolution of a block, from 1: <c>relu3_1</c> for 3.</summary>
    public static Tap FirstTapOf(int block) => new(ConvolutionsPerBlock.Take(block - 1).Sum(), IsRectified: true);

    /// <summary>Whether a pooling follows the convolution when the network goes on.</summary>
    public static bool IsPooled(int convolution) =>
        convolution + 1 < Blocks.Length && Blocks[convolution + 1] != Blocks[convolution];
}
