using Pastiche.Engines;

namespace Pastiche.Settings;

/// <summary>
/// Finds the style weight that gives a balance between photograph and painting, by bisection on its logarithm: more weight removes
/// more of the style loss. Deterministic.
/// </summary>
/// <example>
/// <code>
/// TuneResult found = StyleTuner.Run(new TuneRequest(transfer with { Size = 160 }) { Balance = 0.9 });
/// StyleSettings preset = StyleSettings.Empty.Set("style-weight", SettingText.Format(found.Best.StyleWeight));
/// </code>
/// </example>
public static class StyleTuner
{
    private const double FirstStep = 4, LowestWeight = 1e-4, HighestWeight = 1e6;

    /// <summary>Searches.</summary>
    /// <param name="request">What for.</param>
    /// <param name="progress">Hears of every trial, on the calling thread.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="InvalidInputException">The request is not valid; all problems are listed.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static TuneResult Run(TuneRequest request, IProgress<TuneTrial>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        List<string> problems = [.. OptionsValidation.Problems(request)];
        if (request.Transfer.Engine != EngineKind.Gatys)
            problems.Add($"engine is {SettingText.Format(request.Transfer.Engine)}; allowed: gatys, which has a style weight");
        if (request.Transfer.Init != InitKind.Content)
            problems.Add($"init is {SettingText.Format(request.Transfer.Init)}; allowed: content, from which the balance is measured");
        if (problems.Count > 0)
            throw new InvalidInputException(problems);

        List<TuneTrial> trials = [];
        double low = 0, high = double.PositiveInfinity, weight = Math.Clamp(request.Transfer.Gatys.StyleWeight, LowestWeight, HighestWeight);
        while (trials.Count < request.MaxTrials)
        {
            TuneTrial trial = Try(request.Transfer, weight, cancellation);
            trials.Add(trial);
            progress?.Report(trial);
            if (Distance(trial) <= request.Tolerance)
                break;
            if (trial.Balance < request.Balance)
                low = weight;
            else
                high = weight;
            double next = Next(low, high);
            if (next == weight)
                break;
            weight = next;
        }
        TuneTrial best = trials.MinBy(Distance)!;
        return new TuneResult(best, Distance(best) <= request.Tolerance, trials);

        double Distance(TuneTrial trial) => Math.Abs(trial.Balance - request.Balance);
    }

    // Outwards until the balance is between two weights, then halfway on the logarithm, rounded to what one would write.
    private static double Next(double low, double high)
    {
        double weight = (low, high) switch
        {
            (0, _) => high / FirstStep,
            (_, double.PositiveInfinity) => low * FirstStep,
            _ => Math.Sqrt(low * high),
        };
        double unit = Math.Pow(10, Math.Floor(Math.Log10(weight)) - 2);
        // To a decimal number, not to the product of two binary ones: 0.35, not 0.35000000000000003.
        decimal rounded = Math.Round((decimal)(weight / unit)) * (decimal)unit;
        return Math.Clamp((double)rounded, LowestWeight, HighestWeight);
    }

    private static TuneTrial Try(StyleTransferRequest transfer, double weight, CancellationToken cancellation)
    {
        var losses = new BestLosses();
        StyleResult result = Stylizer.Run(transfer with { Gatys = transfer.Gatys with { StyleWeight = weight, Scales = 1 } }, losses, cancellation);
        if (!result.Completed)
            throw new OperationCanceledException(cancellation);
        (double first, double last) = (losses.FirstStyle / weight, losses.BestStyle / weight);
        return new TuneTrial(weight, first > 0 ? 1 - last / first : 0, losses.BestContent, last);
    }

    /// <summary>Keeps the parts of the loss of the first evaluation, which is the photograph, and of the best one, which is the result.</summary>
    private sealed class BestLosses : IProgress<StyleProgress>
    {
        private double _best = double.PositiveInfinity;

        public double FirstStyle { get; private set; }

        public double BestStyle { get; private set; }

        public double BestContent { get; private set; }

        public void Report(StyleProgress value)
        {
            double style = Sum(value, "style ");
            if (value.Iteration == 1)
                FirstStyle = style;
            if (value.Loss is not { } loss || loss >= _best)
                return;
            (_best, BestStyle, BestContent) = (loss, style, Sum(value, "content "));
        }

        private static double Sum(StyleProgress progress, string prefix) =>
            progress.Terms.Where(term => term.Key.StartsWith(prefix, StringComparison.Ordinal)).Sum(term => term.Value);
    }
}
