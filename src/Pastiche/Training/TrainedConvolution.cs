using Pastiche.Compute;

namespace Pastiche.Training;

/// <summary>A 3x3 convolution whose weights change: its kernels in the form that the engine reads, shared by all workers.</summary>
internal sealed class TrainedConvolution : IDisposable
{
    /// <summary>Takes the first weights.</summary>
    /// <param name="slice">Where its numbers are.</param>
    /// <param name="parameters">All numbers.</param>
    /// <param name="pool">The threads to transform weights with.</param>
    public TrainedConvolution(ConvolutionSlice slice, Span<float> parameters, WorkerPool pool)
    {
        Slice = slice;
        Forward = new PackedKernel(slice.Kernel(parameters), slice.Inputs, slice.Outputs, slice.Bias(parameters), transposed: false, pool);
        Backward = new PackedKernel(slice.Kernel(parameters), slice.Outputs, slice.Inputs, [], transposed: true, pool);
    }

    /// <summary>Where its numbers are.</summary>
    public ConvolutionSlice Slice { get; }

    public PackedKernel Forward { get; }

    /// <summary>The kernel of the gradient with respect to the input.</summary>
    public PackedKernel Backward { get; }

    /// <summary>Takes new weights.</summary>
    public void Load(Span<float> parameters)
    {
        Forward.Load(Slice.Kernel(parameters), Slice.Bias(parameters));
        Backward.Load(Slice.Kernel(parameters), []);
    }

    public void Dispose()
    {
        Forward.Dispose();
        Backward.Dispose();
    }
}
