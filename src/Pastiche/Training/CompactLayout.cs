using Pastiche.Networks;

namespace Pastiche.Training;

/// <summary>
/// Which convolutions <c>compact</c> consists of and where their numbers lie: one encoder of VGG-19's shape through the first
/// convolution of the last block, a decoder from the first tap of each block, and for these taps and the one at which
/// Gatys et al. compare content a readout, the 1x1 convolution that predicts the teacher's features from ours (used in training
/// only).
/// </summary>
internal sealed class CompactLayout
{
    private const int Square = 9;

    private static readonly Tap ContentTap = Tap.Parse("relu4_2");

    private int _end;

    /// <summary>Lays the parameters out.</summary>
    /// <param name="channels">Channels of each block, from the picture.</param>
    /// <param name="teacherChannels">The teacher's channels, convolution by convolution.</param>
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
        ReadoutTaps = [.. Taps.Append(ContentTap).OrderBy(tap => tap.Convolution)];
        Readouts = [.. ReadoutTaps.Select(tap => Add($"readout.{tap}", OutputsOf(tap.Convolution), teacherChannels[tap.Convolution], taps: 1))];
    }

    /// <summary>
    /// The encoder's channels, a quarter of VGG-19's or, in the last block, half: with fewer there are not enough numbers for a
    /// pixel to decode, and at this depth they cost next to nothing.
    /// </summary>
    public static IReadOnlyList<int> DefaultChannels { get; } = [16, 32, 64, 128, 256];

    /// <summary>Channels of each block.</summary>
    public IReadOnlyList<int> Channels { get; }

    /// <summary>The taps that are decoded: the first of each block.</summary>
    public IReadOnlyList<Tap> Taps { get; }

    /// <summary>The taps that are read out, from the picture.</summary>
    public IReadOnlyList<Tap> ReadoutTaps { get; }

    /// <summary>The encoder's convolutions from the picture.</summary>
    public IReadOnlyList<ConvolutionSlice> Encoder { get; }

    /// <summary>Each level's convolutions to the picture.</summary>
    public IReadOnlyList<IReadOnlyList<ConvolutionSlice>> Decoders { get; }

    /// <summary>Each tap's readout.</summary>
    public IReadOnlyList<ConvolutionSlice> Readouts { get; }

    /// <summary>All convolutions in the order of their numbers.</summary>
    public IEnumerable<ConvolutionSlice> AllSlices => Encoder.Concat(Decoders.SelectMany(decoder => decoder)).Concat(Readouts);

    /// <summary>The first of the encoder's convolutions that nothing but the deepest level needs.</summary>
    public int FirstDeep => Taps[^2].Convolution + 1;

    /// <summary>The convolutions that learn in a stage, in the order of their numbers.</summary>
    public IEnumerable<ConvolutionSlice> Learning(TrainingStage stage) => stage switch
    {
        TrainingStage.Joint => AllSlices,
        TrainingStage.Decoders => Decoders.SelectMany(decoder => decoder),
        _ => Encoder.Skip(FirstDeep).Concat(Decoders[^1]).Concat(Readouts.Where((_, i) => IsDeep(ReadoutTaps[i]))),
    };

    /// <summary>Whether a tap lies where nothing but the deepest level needs it.</summary>
    public bool IsDeep(Tap tap) => tap.Convolution >= FirstDeep;

    /// <summary>Numbers in all.</summary>
    public int Count => _end;

    /// <summary>
    /// Random weights that make the network look linear at first (Balduzzi et al., arXiv 1702.08591): channels come in pairs of
    /// opposite sign, of which a ReLU lets one through, and the next convolution reads their difference. Nothing is lost on the
    /// way down or up before anything is learnt. Activations keep their size from layer to layer (He et al., arXiv 1502.01852).
    /// </summary>
    public float[] Initialize(int seed)
    {
        var random = new Random(seed);
        var parameters = new float[Count];
        foreach (ConvolutionSlice slice in AllSlices)
        {
            bool isRectified = slice.Taps == Square && slice.Outputs > 3, isPaired = slice.Inputs > 3;
            int inputs = isPaired ? slice.Inputs / 2 : slice.Inputs, outputs = isRectified ? slice.Outputs / 2 : slice.Outputs;
            double deviation = Math.Sqrt(1.0 / (inputs * slice.Taps));
            Span<float> kernel = slice.Kernel(parameters);
            for (int i = 0; i < kernel.Length; i++)
            {
                (int output, int input) = (i / slice.Taps / slice.Inputs, i / slice.Taps % slice.Inputs);
                bool isNegative = (output >= outputs) != (input >= inputs);
                bool isFirst = output < outputs && input < inputs;
                // An odd channel has no partner.
                bool isSingle = output >= 2 * outputs || input >= 2 * inputs;
                int partner = ((output % outputs * slice.Inputs) + (input % inputs)) * slice.Taps + i % slice.Taps;
                kernel[i] = isFirst || isSingle ? (float)(deviation * Gaussian(random)) : isNegative ? -kernel[partner] : kernel[partner];
            }
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
