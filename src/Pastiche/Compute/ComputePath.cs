using System.Runtime.Intrinsics;

namespace Pastiche.Compute;

/// <summary>A vector width, from the widest to the one that every machine has.</summary>
internal enum VectorWidth
{
    Vector512,
    Vector256,
    Vector128,
}

/// <summary>Makes kernels of one vector width. The width is chosen once, for all kernels of an engine.</summary>
internal abstract class ComputePath(VectorWidth width)
{
    /// <summary>The widest vectors that this machine computes with.</summary>
    public static VectorWidth Best =>
        Vector512.IsHardwareAccelerated ? VectorWidth.Vector512
        : Vector256.IsHardwareAccelerated ? VectorWidth.Vector256
        : VectorWidth.Vector128;

    public VectorWidth Width => width;

    public static ComputePath For(VectorWidth width) => width switch
    {
        VectorWidth.Vector512 => new ComputePath<Simd512>(width),
        VectorWidth.Vector256 => new ComputePath<Simd256>(width),
        _ => new ComputePath<Simd128>(width),
    };

    public abstract IConvolution Convolution(WinogradKernel kernel, WorkerPool pool, WinogradScratch scratch);

    public abstract ImageConvolution ImageConvolution(float[] kernel, float[] bias, int workers);

    public abstract FirstBlock FirstBlock(
        ImageConvolution image, IConvolution forward, IConvolution backward, PoolingKind pooling, int workers);

    public abstract PooledBackward PooledBackward(
        IConvolution backward, int channels, ActivationBits bits, PoolingKind pooling, int workers);

    public abstract IImagePass ImagePass(ImageConvolution image, WorkerPool pool);

    public abstract ActivationSink ActivationSink();

    public abstract EnlargingSink EnlargingSink();

    public abstract GradientSink GradientSink();

    public abstract IWeightGradient WeightGradient();

    public abstract IPointwiseConvolution PointwiseConvolution();

    /// <summary>What reflection adds to the gradient of a convolution with weights <c>[outputs, inputs, 3, 3]</c>.</summary>
    public abstract BorderGradient BorderGradient(ReadOnlySpan<float> kernel, int inputs, int outputs, WorkerPool pool);

    public abstract INearestUpsampling NearestUpsampling(WorkerPool pool);

    /// <summary>Gram products and what follows from them.</summary>
    public abstract IFeatureProducts Products(WorkerPool pool);
}

/// <inheritdoc/>
internal sealed class ComputePath<TSimd>(VectorWidth width) : ComputePath(width) where TSimd : struct, ISimd<TSimd>
{
    public override IConvolution Convolution(WinogradKernel kernel, WorkerPool pool, WinogradScratch scratch) =>
        kernel.IsSmall
            ? new WinogradConvolution<TSimd, WinogradSix<TSimd>>(kernel, pool, scratch)
            : new WinogradConvolution<TSimd, WinogradFour<TSimd>>(kernel, pool, scratch);

    public override ImageConvolution ImageConvolution(float[] kernel, float[] bias, int workers) =>
        new ImageConvolution<TSimd>(kernel, bias, workers);

    public override FirstBlock FirstBlock(
        ImageConvolution image, IConvolution forward, IConvolution backward, PoolingKind pooling, int workers) =>
        new FirstBlock<TSimd>(image, forward, backward, pooling, workers);

    public override PooledBackward PooledBackward(
        IConvolution backward, int channels, ActivationBits bits, PoolingKind pooling, int workers) =>
        new PooledBackward<TSimd>(backward, channels, bits, pooling, workers);

    public override IImagePass ImagePass(ImageConvolution image, WorkerPool pool) => new ImagePass<TSimd>(image, pool);

    public override ActivationSink ActivationSink() => new ActivationSink<TSimd>();

    public override EnlargingSink EnlargingSink() => new EnlargingSink<TSimd>();

    public override GradientSink GradientSink() => new GradientSink<TSimd>();

    public override IWeightGradient WeightGradient() => new WeightGradient<TSimd>();

    public override IPointwiseConvolution PointwiseConvolution() => new PointwiseConvolution<TSimd>();

    public override BorderGradient BorderGradient(ReadOnlySpan<float> kernel, int inputs, int outputs, WorkerPool pool) =>
        new BorderGradient<TSimd>(kernel, inputs, outputs, pool);

    public override INearestUpsampling NearestUpsampling(WorkerPool pool) => new NearestUpsampling<TSimd>(pool);

    public override IFeatureProducts Products(WorkerPool pool) => new FeatureProducts<TSimd>(pool);
}
