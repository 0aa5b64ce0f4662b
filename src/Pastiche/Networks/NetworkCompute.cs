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

    public WinogradKernel ForwardKernel(ConvolutionWeights weights) =>
        new(weights.Kernel, weights.Inputs, weights.Outputs, weights.Bias, transposed: false, Pool);

    public WinogradKernel BackwardKernel(ConvolutionWeights weights) =>
        new(weights.Kernel, weights.Outputs, weights.Inputs, [], transposed: true, Pool);

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
