using Pastiche.Compute;

namespace Pastiche.Networks;

/// <summary>What a network computes with: a vector width, threads, and the memory that its convolutions share.</summary>
internal class NetworkCompute : IDisposable
{
    private readonly WinogradScratch _scratch = new();

    /// <summary>Starts the threads.</summary>
    /// <param name="threads">Threads from 1; <c>null</c>: <c>PASTICHE_THREADS</c>, else the processors.</param>
    /// <param name="width">The vector width; <c>null</c>: the widest that the machine has.</param>
    public NetworkCompute(int? threads = null, VectorWidth? width = null)
    {
        Path = ComputePath.For(width ?? ComputePath.Best);
        Pool = new WorkerPool(threads);
        Products = Path.Products(Pool);
    }

    public ComputePath Path { get; }

    public WorkerPool Pool { get; }

    public IFeatureProducts Products { get; }

    /// <summary>Makes the kernel of a convolution.</summary>
    public PackedKernel ForwardKernel(ConvolutionWeights weights) =>
        new(weights.Kernel, weights.Inputs, weights.Outputs, weights.Bias, transposed: false, Pool);

    /// <summary>Makes the kernel of its backward pass.</summary>
    /// <param name="weights">The convolution.</param>
    /// <param name="forward">Its kernel, which is read as long as the other is used.</param>
    public WinogradKernel BackwardKernel(ConvolutionWeights weights, PackedKernel forward) => forward.IsSmall
        ? new PackedKernel(weights.Kernel, weights.Outputs, weights.Inputs, [], transposed: true, Pool)
        : new RotatedKernel(forward);

    /// <summary>Makes a convolution; all of a network's come from here.</summary>
    public virtual IConvolution Convolution(WinogradKernel kernel) => Path.Convolution(kernel, Pool, _scratch);

    public void Dispose()
    {
        GC.SuppressFinalize(this);
        Products.Dispose();
        _scratch.Dispose();
        Pool.Dispose();
    }
}
