using Pastiche.Networks;
using Pastiche.Tests.Compute;

namespace Pastiche.Tests.Networks;

/// <summary>A VGG-shaped chain in plain arithmetic: the reference of <see cref="FeatureNetwork"/>.</summary>
internal sealed class ScalarNetwork(NetworkWeights weights, int last, bool isAverage)
{
    private readonly List<(float[] Input, int Height, int Width)> _inputs = [];
    private readonly List<float[]> _raw = [];

    public float[] Features(Tap tap) => tap.IsRectified ? ScalarReference.Rectify(_raw[tap.Convolution]) : _raw[tap.Convolution];

    /// <summary>Replaces what a convolution gave, so that the backward pass takes its ReLU masks and pool routes from it.</summary>
    public void FixMasks(int convolution, float[] raw) => _raw[convolution] = raw;

    public void Forward(float[] planes, int height, int width)
    {
        _inputs.Clear();
        _raw.Clear();
        InputConvention input = weights.Input;
        int pixels = height * width;
        var current = new float[3 * pixels];
        for (int i = 0; i < current.Length; i++)
        {
            int channel = i / pixels;
            current[InputChannel(channel) * pixels + i % pixels] =
                (planes[i] * input.Range - input.Mean[channel]) / input.Deviation[channel];
        }
        for (int i = 0; i <= last; i++)
        {
            ConvolutionWeights layer = weights.Convolutions[i];
            _inputs.Add((current, height, width));
            _raw.Add(ScalarReference.Convolve(current, layer.Inputs, height, width, layer.Kernel, layer.Bias, layer.Outputs, weights.Padding));
            current = ScalarReference.Rectify(_raw[i]);
            if (Vgg19.IsPooled(i))
            {
                current = ScalarReference.Pool(current, layer.Outputs, height, width, isAverage);
                (height, width) = (height / 2, width / 2);
            }
        }
    }

    public float[] Backward(IReadOnlyDictionary<Tap, float[]> gradients)
    {
        float[]? gradient = null;      // at the output of layer i
        for (int i = last; i >= 0; i--)
        {
            ConvolutionWeights layer = weights.Convolutions[i];
            (_, int height, int width) = _inputs[i];
            float[] raw = _raw[i];
            if (gradient is not null && Vgg19.IsPooled(i))
                gradient = ScalarReference.PoolBackward(gradient, ScalarReference.Rectify(raw), layer.Outputs, height, width, isAverage);
            float[] before = new float[raw.Length];
            for (int j = 0; j < raw.Length; j++)
            {
                float sum = gradient?[j] ?? 0;
                if (gradients.TryGetValue(new Tap(i, true), out float[]? added))
                    sum += added[j];
                before[j] = raw[j] > 0 ? sum : 0;
                if (gradients.TryGetValue(new Tap(i, false), out added))
                    before[j] += added[j];
            }
            gradient = ScalarReference.ConvolveBackward(before, layer.Inputs, height, width, layer.Kernel, layer.Outputs, weights.Padding);
        }
        int pixels = gradient!.Length / 3;
        return [.. Enumerable.Range(0, gradient.Length).Select(i =>
            gradient[InputChannel(i / pixels) * pixels + i % pixels] * weights.Input.Range / weights.Input.Deviation[i / pixels])];
    }

    private int InputChannel(int channel) => weights.Input.IsBgr ? 2 - channel : channel;
}
