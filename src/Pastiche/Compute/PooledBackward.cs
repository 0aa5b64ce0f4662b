namespace Pastiche.Compute;

/// <summary>The backward pass of a convolution that was pooled, without its gradient at full size. The border is zero.</summary>
internal abstract class PooledBackward : IDisposable
{
    /// <summary>From the gradient at the pooled output to that at the convolution's input.</summary>
    /// <param name="pooled">The gradient at the output.</param>
    /// <param name="sink">Takes the gradient at the input, whose size is that of the bits.</param>
    public abstract void Run(FeatureMap pooled, GradientSink sink);

    public abstract void Dispose();
}

/// <inheritdoc/>
/// <param name="backward">The backward convolution, of a small kernel.</param>
/// <param name="channels">Channels that were pooled.</param>
/// <param name="bits">Where their gradient passes.</param>
/// <param name="pooling">The pooling.</param>
/// <param name="workers">Threads.</param>
internal sealed class PooledBackward<TSimd>(
    IConvolution backward, int channels, ActivationBits bits, PoolingKind pooling, int workers) : PooledBackward
    where TSimd : struct, ISimd<TSimd>
{
    private readonly RegionScratch _scratch = new(channels, workers, regions: 1);
    private PooledGradientSource<TSimd>? _source;
    private TileRun[] _rectangles = [];
    private (int Height, int Width) _size;

    public override void Run(FeatureMap pooled, GradientSink sink)
    {
        if (_size != (bits.Height, bits.Width))
        {
            _size = (bits.Height, bits.Width);
            _rectangles = ImageGradient.Divide(bits.Height, bits.Width);
        }
        _source ??= new PooledGradientSource<TSimd>(bits, pooling, _scratch);
        backward.Run(_source.From(pooled), _rectangles, sink);
    }

    public override void Dispose() => _scratch.Dispose();
}
