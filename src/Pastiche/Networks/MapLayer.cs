using Pastiche.Compute;

namespace Pastiche.Networks;

/// <summary>A map of features from elsewhere, as the layer below a chain.</summary>
internal sealed class MapLayer : Layer
{
    private int _channels, _height, _width;

    public override FeatureMap Forward(FeatureMap input, FeatureMap spare)
    {
        (_channels, _height, _width) = (input.Channels, input.Height, input.Width);
        return input;
    }

    public override void ReshapeGradient(FeatureMap gradient) => gradient.Reshape(_channels, _height, _width);

    public override void Receive(GradientSink sink, FeatureMap gradient) => (sink.Target, sink.Bits, sink.Pooling) = (gradient, null, null);

    public override void Dispose()
    {
    }
}
