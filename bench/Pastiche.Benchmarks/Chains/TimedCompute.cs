using System.Diagnostics;
using Pastiche.Compute;
using Pastiche.Networks;

namespace Pastiche.Benchmarks.Chains;

/// <summary>
/// Adds up the time of all convolutions, with what is fused into them: the first layer, ReLU, masks and pooling.
/// </summary>
internal sealed class TimedCompute(int threads) : NetworkCompute(threads)
{
    /// <summary>Milliseconds since it was last set to zero.</summary>
    public double Milliseconds { get; set; }

    public override IConvolution Convolution(WinogradKernel kernel) => new Timed(this, base.Convolution(kernel));

    private sealed class Timed(TimedCompute owner, IConvolution convolution) : IConvolution
    {
        public void Run(FeatureMap source, ITileSink sink)
        {
            long start = Stopwatch.GetTimestamp();
            convolution.Run(source, sink);
            owner.Milliseconds += Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }

        public void Run(IPatchSource source, IReadOnlyList<TileRun> runs, ITileSink sink)
        {
            long start = Stopwatch.GetTimestamp();
            convolution.Run(source, runs, sink);
            owner.Milliseconds += Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }
    }
}
