using Pastiche.Compute;

namespace Pastiche.Networks;

/// <summary>The first convolution and its ReLU with a map of its own: for networks in which someone looks into the first block.</summary>
internal sealed class FirstConvolutionLayer(ImageConvolution image, NetworkCompute compute, bool forwardOnly) : ImageLayer
{
    private readonly ActivationBits? _bits = forwardOnly ? null : new ActivationBits();
    private readonly IImagePass _pass = compute.Path.ImagePass(image, compute.Pool);

    public override FeatureMap Forward(FeatureMap input, FeatureMap spare)
    {
        FeatureMap output = Activation ?? spare;
        output.Reshape(image.Outputs, image.Height, image.Width);
        Raw?.Reshape(image.Outputs, image.Height, image.Width);
        _bits?.Reshape(image.Outputs, image.Height, image.Width);
        _pass.Forward(Raw, output, _bits);
        return output;
    }

    public override void ReshapeGradient(FeatureMap gradient) => gradient.Reshape(image.Outputs, image.Height, image.Width);

    public override void Receive(GradientSink sink, FeatureMap gradient) =>
        (sink.Target, sink.Bits, sink.Pooling) = (gradient, _bits, null);

    public override void Backward(FeatureMap gradient) => _pass.Backward(gradient);

    public override void Gather(int channel, Span<float> plane, float scale) => _pass.Gather(channel, plane, scale);

    public override void Dispose()
    {
        _pass.Dispose();
        _bits?.Dispose();
    }
}
