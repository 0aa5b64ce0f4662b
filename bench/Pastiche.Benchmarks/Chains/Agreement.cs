namespace Pastiche.Benchmarks.Chains;

/// <summary>Whether two engines compute the same: a benchmark of something else would be worth nothing.</summary>
internal static class Agreement
{
    private const double MostOutputError = 1e-4;

    // Activations next to zero may get the other ReLU mask, which moves a gradient by up to a few thousandths.
    private const double LeastCosine = 0.999;

    /// <summary>Runs both passes of both engines.</summary>
    /// <returns>The differences in words.</returns>
    /// <exception cref="InvalidOperationException">They do not compute the same.</exception>
    public static string Check(IChain ours, IChain theirs)
    {
        foreach (IChain chain in new[] { ours, theirs })
        {
            chain.Forward();
            chain.ForwardBackward();
        }
        double error = Statistics.RelativeError(ours.Output(), theirs.Output());
        double cosine = Statistics.Cosine(ours.InputGradient(), theirs.InputGradient());
        double gradientError = Statistics.RelativeError(ours.InputGradient(), theirs.InputGradient());
        string text = $"outputs differ by {error:0.0E-0} (relative RMS), gradients by {gradientError:0.0E-0}, their cosine is {cosine:F7}";
        return error <= MostOutputError && cosine >= LeastCosine
            ? text
            : throw new InvalidOperationException($"{ours.Name} and {theirs.Name} do not agree: {text}");
    }
}
