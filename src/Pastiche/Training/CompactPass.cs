using Pastiche.Compute;
using Pastiche.Networks;

namespace Pastiche.Training;

/// <summary>
/// One worker: takes a crop through teacher, encoder, readouts and decoders and back to the gradient of all numbers. Workers
/// share the weights and nothing else, and each is one thread, so that a gradient is the same whoever computes it.
/// </summary>
internal sealed class CompactPass : IDisposable
{
    private readonly TrainingWeights _weights;
    private readonly TrainedNetwork _network;
    private readonly NetworkCompute _compute = new(threads: 1);
    private readonly IWeightGradient _weightGradient;
    private readonly FeatureNetwork _teacher;
    private readonly Lazy<TeacherComparison> _judge;
    private readonly EncoderPass _encoder;
    private readonly DecoderPass[] _decoders;
    private readonly ReadoutPass[] _readouts;
    private readonly FeatureMap _pictureGradient = new(), _featureGradient = new();

    /// <summary>Builds the passes.</summary>
    /// <param name="network">The network that is trained.</param>
    /// <param name="teacher">The teacher at the common scale.</param>
    /// <param name="weights">The losses' weights.</param>
    public CompactPass(TrainedNetwork network, NetworkWeights teacher, TrainingWeights weights)
    {
        (_network, _weights) = (network, weights);
        _weightGradient = _compute.Path.WeightGradient();
        _teacher = new FeatureNetwork(teacher, network.Layout.ReadoutTaps, PoolingKind.Max, _compute);
        // Without the deepest tap: it is slow, and the least that a decoder can do anything about.
        _judge = new Lazy<TeacherComparison>(() => new TeacherComparison(teacher, network.Layout.Taps.SkipLast(1), _compute));
        _encoder = new EncoderPass(network, _compute, _weightGradient);
        _decoders = [.. network.Decoders.Select(decoder => new DecoderPass(decoder, network.Parameters, _compute, _weightGradient))];
        _readouts = [.. network.Layout.Readouts.Select(slice => new ReadoutPass(slice, _compute, _weightGradient))];
    }

    /// <summary>Takes the weights of the present step.</summary>
    public void Load()
    {
        _encoder.Load(_network.Parameters);
        foreach (DecoderPass decoder in _decoders)
            decoder.Load(_network.Parameters);
        foreach (ReadoutPass readout in _readouts)
            readout.Load(_network.Parameters);
    }

    /// <summary>Everything at once: readouts and decoders, and through both the encoder.</summary>
    /// <param name="planes">The crop <c>[3, side, side]</c>.</param>
    /// <param name="side">Its side, a multiple of 16.</param>
    /// <param name="gradients">The gradient of all numbers, to add to.</param>
    public SampleLosses Run(ReadOnlySpan<float> planes, int side, Span<float> gradients)
    {
        _encoder.Forward(planes, side);
        double[] unexplained = Read(planes, side, _network.Layout.ReadoutTaps, _weights.Readout, gradients);
        var decibels = new double[_decoders.Length];
        for (int block = 0; block < _decoders.Length; block++)
            decibels[block] = DecodeAndLearn(block, planes, gradients);
        _encoder.Backward(gradients);
        return new SampleLosses(unexplained, decibels, double.NaN);
    }

    /// <summary>The end of the encoder and the deepest decoder, behind layers that stay as they are.</summary>
    /// <param name="planes">The crop <c>[3, side, side]</c>.</param>
    /// <param name="side">Its side, a multiple of 16.</param>
    /// <param name="readouts">
    /// How many crops' readouts this one's stand for, or 0 to leave them out: the teacher takes most of the time, and what it has to
    /// say of one crop is nearly what it says of all.
    /// </param>
    /// <param name="gradients">The gradient of all numbers, to add to.</param>
    public SampleLosses RunDeep(ReadOnlySpan<float> planes, int side, int readouts, Span<float> gradients)
    {
        _encoder.Forward(planes, side);
        IEnumerable<Tap> taps = _network.Layout.ReadoutTaps.Where(tap => readouts > 0 && _network.Layout.IsDeep(tap));
        double[] unexplained = Read(planes, side, [.. taps], readouts * _weights.Readout, gradients);
        double[] decibels = [.. _decoders.Select(_ => double.NaN)];
        decibels[^1] = DecodeAndLearn(_decoders.Length - 1, planes, gradients);
        _encoder.Backward(gradients, _network.Layout.FirstDeep);
        return new SampleLosses(unexplained, decibels, double.NaN);
    }

    /// <summary>The decoders alone, behind an encoder that stays as it is; the teacher judges what one of them decodes.</summary>
    /// <param name="planes">The crop <c>[3, side, side]</c>.</param>
    /// <param name="side">Its side, a multiple of 16.</param>
    /// <param name="judged">The block whose decoder is judged, from 0.</param>
    /// <param name="gradients">The gradient of all numbers, to add to.</param>
    public SampleLosses RunDecoders(ReadOnlySpan<float> planes, int side, int judged, Span<float> gradients)
    {
        _encoder.Forward(planes, side);
        bool hasJudge = _weights.Perceptual > 0;
        if (hasJudge)
            _judge.Value.TakeReference(planes, side, side);
        var decibels = new double[_decoders.Length];
        double perceptual = double.NaN;
        for (int block = 0; block < _decoders.Length; block++)
        {
            decibels[block] = PixelLoss.Decibels(Decode(block, planes));
            if (hasJudge && block == judged)
                perceptual = Judge(block, side);
            _decoders[block].Backward(_pictureGradient, gradients, features: null, _encoder.Bits(_network.Layout.Taps[block]));
        }
        return new SampleLosses([.. _readouts.Select(_ => double.NaN)], decibels, perceptual);
    }

    public void Dispose()
    {
        foreach (IDisposable part in _decoders.Concat<IDisposable>(_readouts))
            part.Dispose();
        _encoder.Dispose();
        if (_judge.IsValueCreated)
            _judge.Value.Dispose();
        _teacher.Dispose();
        _weightGradient.Dispose();
        _pictureGradient.Dispose();
        _featureGradient.Dispose();
        _compute.Dispose();
    }

    // What the readouts at some taps leave unexplained; NaN at the others.
    private double[] Read(ReadOnlySpan<float> planes, int side, IReadOnlyCollection<Tap> taps, double weight, Span<float> gradients)
    {
        double[] unexplained = [.. _readouts.Select(_ => double.NaN)];
        if (taps.Count > 0)
            _teacher.Forward(planes, side, side);
        foreach (Tap tap in taps)
        {
            int i = _network.Layout.ReadoutTaps.ToList().IndexOf(tap);
            unexplained[i] = _readouts[i].Run(_encoder.Features(tap), _teacher[tap], weight, gradients, _encoder.TapGradient(tap));
        }
        return unexplained;
    }

    // Decodes a block's features and takes the error back to them; gives the signal-to-noise ratio.
    private double DecodeAndLearn(int block, ReadOnlySpan<float> planes, Span<float> gradients)
    {
        double decibels = PixelLoss.Decibels(Decode(block, planes));
        Tap tap = _network.Layout.Taps[block];
        _decoders[block].Backward(_pictureGradient, gradients, _featureGradient, _encoder.Bits(tap));
        _encoder.TapGradient(tap).Add(_featureGradient);
        return decibels;
    }

    private double Decode(int block, ReadOnlySpan<float> planes)
    {
        _decoders[block].Forward(_encoder.Features(_network.Layout.Taps[block]));
        return PixelLoss.Evaluate(_decoders[block].Picture, planes, _weights.PixelsOf(block), _pictureGradient);
    }

    private double Judge(int block, int side)
    {
        float[] picture = _decoders[block].Picture.ToPlanes(), gradient = new float[picture.Length];
        double value = _judge.Value.Evaluate(picture, side, side, gradient);
        System.Numerics.Tensors.TensorPrimitives.Multiply(gradient, (float)_weights.Perceptual, gradient);
        _featureGradient.Reshape(3, side, side);
        _featureGradient.CopyFromPlanes(gradient);
        _pictureGradient.Add(_featureGradient);
        return value;
    }
}
