using Pastiche.Compute;

namespace Pastiche.Networks;

/// <summary>The first two convolutions and their pooling in one, for networks in which nobody looks into the first block.</summary>
internal sealed class FirstBlockLayer : ImageLayer
{
    private readonly ImageConvolution _image;
    private readonly PackedKernel _forwardKernel;
    private readonly WinogradKernel _backwardKernel;
    private readonly FirstBlock _block;
    private readonly ImageGradient _picture = new();

    public FirstBlockLayer(ImageConvolution image, ConvolutionWeights second, PoolingKind pooling, NetworkCompute compute)
    {
        _image = image;
        _forwardKernel = compute.ForwardKernel(second);
        _backwardKernel = compute.BackwardKernel(second, _forwardKernel);
        _block = compute.Path.FirstBlock(
            image, compute.Convolution(_forwardKernel), compute.Convolution(_backwardKernel), pooling, compute.Pool.Count);
    }

    public override FeatureMap Forward(FeatureMap input, FeatureMap spare)
    {
        _block.Forward(spare);
        return spare;
    }

    public override void ReshapeGradient(FeatureMap gradient) =>
        gradient.Reshape(_forwardKernel.Outputs, _image.Height / 2, _image.Width / 2);

    public override void Receive(GradientSink sink, FeatureMap gradient) =>
        (sink.Target, sink.Bits, sink.Pooling) = (gradient, null, null);

    public override void Backward(FeatureMap gradient)
    {
        _picture.Reshape(_image.Height, _image.Width);
        _block.Backward(gradient, _picture);
    }

    public override void Gather(int channel, Span<float> plane, float scale) => _picture.Gather(channel, plane, scale, _image.Padding);

    public override void Dispose()
    {
        _block.Dispose();
        _picture.Dispose();
        _forwardKernel.Dispose();
        _backwardKernel.Dispose();
    }
}
