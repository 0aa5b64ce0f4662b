namespace Pastiche.Networks;

/// <summary>
/// The way back from the first tap of a block, <c>relu{Level}_1</c>, to the picture: the encoder's convolutions mirrored. A
/// convolution bears the name of the one that it undoes, and has its inputs and outputs exchanged; after the mirror image of a
/// block's first convolution the map is enlarged twofold by repeating pixels. Every convolution is padded by reflection and
/// followed by a ReLU, except the last, whose outputs are red, green, blue, 0 to 1.
/// </summary>
/// <param name="Level">The block whose first tap is decoded, from 1.</param>
/// <param name="Convolutions"><c>conv{Level}_1</c> first, <c>conv1_1</c> last.</param>
internal sealed record DecoderWeights(int Level, IReadOnlyList<ConvolutionWeights> Convolutions)
{
    /// <summary>The tap that is decoded.</summary>
    public Tap From => Vgg19.FirstTapOf(Level);

    /// <summary>The names of a level's convolutions in their order.</summary>
    public static IEnumerable<string> Names(int level) =>
        Vgg19.Names.Take(Vgg19.FirstTapOf(level).Convolution + 1).Reverse();

    /// <summary>Whether the map is enlarged after the mirror image of a convolution.</summary>
    public static bool IsEnlarged(string name) => name.EndsWith("_1", StringComparison.Ordinal) && name != Vgg19.Names[0];
}
