using Pastiche.Networks;

namespace Pastiche.Training;

/// <summary>
/// Which convolutions <c>compact</c> consists of and where their numbers lie: one encoder of VGG-19's shape through the first
/// convolution of the last block, a decoder from the first tap of each block, and for each of these taps a readout, the 1x1
/// convolution that predicts the teacher's features from ours (used in training only).
/// </summary>
internal sealed class CompactLayout
{
    private const int Square = 9;

    private int _end;

    /// <summary>Lays the parameters out.</summary>
    /// <param name="channels">Channels of each block, from the picture.</param>
    /// <param name="teacherChannels">The teacher's channels at the first tap of each block.</param>
    public CompactLayout(IReadOnlyList<int> channels, IReadOnlyList<int> teacherChannels)
    {
        Channels = channels;
        Taps = [.. Enumerable.Range(1, channels.Count).Select(Vgg19.FirstTapOf)];
        Encoder = [.. Enumerable.Range(0, Taps[^1].Convolution + 1).Select(i => Add(Vgg19.Names[i], InputsOf(i), OutputsOf(i), Square))];
        Decoders =
        [
            .. Enumerable.Range(1, channels.Count).Select(level => DecoderWeights.Names(level)
                .Select(name => (Name: name, Convolution: Vgg19.Names.ToList().IndexOf(name)))
                .Select(mirror => Add($"decoder{level}.{mirror.Name}", OutputsOf(mirror.Convolution), InputsOf(mirror.Convolution), Square))
                .ToArray()),
        ];
        Readouts = [.. Taps.Select((tap, block) => Add($"readout.{tap}", channels[block], teacherChannels[block], taps: 1))];
    }

    /// <summary>The encoder's channels in VGG-19's proportions, a quarter as many but for the last block.</summary>
    public static IReadOnlyList<int> DefaultChannels { get; } = [16, 32, 64, 128, 128];

    /// <summary>Channels of each block.</summary>
    public IReadOnlyList<int> Channels { get; }

    /// <summary>The taps that are decoded and read out: the first of each block.</summary>
    public IReadOnlyList<Tap> Taps { get; }

    /// <summary>The encoder's convolutions from the picture.</summary>
    public IReadOnlyList<ConvolutionSlice> Encoder { get; }

    /// <summary>Each level's convolutions to the picture.</summary>
    public IReadOnlyList<IReadOnlyList<ConvolutionSlice>> Decoders { get; }

    /// <summary>Each tap's readout.</summary>
    public IReadOnlyList<ConvolutionSlice> Readouts { get; }

    /// <summary>All convolutions in the order of their numbers.</summary>
    public IEnumerable<ConvolutionSlice> AllSlices => Encoder.Concat(Decoders.SelectMany(decoder => decoder)).Concat(Readouts);

    /// <summary>Numbers in all.</summary>
    public int Count => _end;

    /// <summary>
    /// Random weights that keep the size of activations from layer to layer (He et al., arXiv 1502.01852).
    /// </summary>
    public float[] Initialize(int seed)
    {
        var random = new Random(seed);
        var parameters = new float[Count];
        foreach (ConvolutionSlice slice in AllSlices)
        {
            bool isRectified = slice.Taps == Square && slice.Outputs > 3;
            double deviation = Math.Sqrt((isRectified ? 2.0 : 1.0) / (slice.Inputs * slice.Taps));
            foreach (ref float weight in slice.Kernel(parameters))
                weight = (float)(deviation * Gaussian(random));
            // A picture is grey, and a normalised feature one, before anything is learnt.
            if (!isRectified)
                slice.Bias(parameters).Fill(slice.Taps == Square ? 0.5f : 1);
        }
        return parameters;
    }

    private int InputsOf(int convolution) => convolution == 0 ? 3 : OutputsOf(convolution - 1);

    private int OutputsOf(int convolution) => Channels[Vgg19.BlockOf(convolution)];

    private ConvolutionSlice Add(string name, int inputs, int outputs, int taps)
    {
        var slice = new ConvolutionSlice(name, inputs, outputs, taps, _end);
        _end += slice.Length;
        return slice;
    }

    private static double Gaussian(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
