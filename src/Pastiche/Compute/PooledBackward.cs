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
internal sealed class PooledBackward<TSimd> : PooledBackward where TSimd : struct, ISimd<TSimd>
{
    private readonly IConvolution _backward;
    private readonly ActivationBits _bits;
    private readonly RegionScratch _scratch;
    private readonly PooledGradientSource<TSimd> _source;
    private TileRun[] _rectangles = [];
    private (int Height, int Width) _size;

    /// <summary>Sets the pass up.</summary>
    /// <param name="backward">The backward convolution, of a small kernel.</param>
    /// <param name="channels">Channels that were pooled.</param>
    /// <param name="bits">Where their gradient passes.</param>
    /// <param name="pooling">The pooling.</param>
    /// <param name="workers">Threads.</param>
    public PooledBackward(IConvolution backward, int channels, ActivationBits bits, PoolingKind pooling, int workers)
    {
        (_backward, _bits) = (backward, bits);
        _scratch = new RegionScratch(channels, workers, regions: 1);
        _source = new PooledGradientSource<TSimd>(bits, pooling, _scratch);
    }

    public override void Run(FeatureMap pooled, GradientSink sink)
    {
        if (_size != (_bits.Height, _bits.Width))
        {
            _size = (_bits.Height, _bits.Width);
            _rectangles = ImageGradient.Divide(_bits.Height, _bits.Width);
        }
        _backward.Run(_source.From(pooled), _rectangles, sink);
    }

    public override void Dispose() => _scratch.Dispose();
}
