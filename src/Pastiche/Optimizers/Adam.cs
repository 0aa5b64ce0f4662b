namespace Pastiche.Optimizers;

/// <summary>Adam (Kingma and Ba, arXiv 1412.6980): steps of about the learning rate, whatever the gradient's size (while it is well above 1e-8).</summary>
internal static class Adam
{
    /// <summary>Makes a function small.</summary>
    /// <param name="point">Where to start; moved. It is finite at all times: a step after which the gradient is not ends the search.</param>
    /// <param name="objective">The function.</param>
    /// <param name="bounds">The range of every coordinate.</param>
    /// <param name="learningRate">Step size.</param>
    /// <param name="evaluations">Evaluations to spend.</param>
    /// <param name="places">Where it begins, when that is in the middle, and who hears of where it could; <c>null</c>: neither.</param>
    public static void Minimize(
        float[] point, Objective objective, Bounds bounds, double learningRate, int evaluations, SearchPlaces? places = null)
    {
        var state = new AdamState(point.Length);
        float[] gradient = new float[point.Length], previous = new float[point.Length];
        int first = 0;
        if (places?.From is { } from)
        {
            first = from.Evaluations;
            state.Steps = first;
            foreach ((string name, float[] array) in Arrays())
                from.Arrays[name].CopyTo(array, 0);
        }
        for (int evaluation = first; evaluation < evaluations; evaluation++)
        {
            int spent = evaluation;
            places?.Reached(() => new SearchState(spent, Arrays(), new Dictionary<string, double>()));
            double value = objective(point, gradient);
            if (!double.IsFinite(value) || !double.IsFinite(VectorMath.MaxMagnitude(gradient)))
            {
                if (evaluation > 0)
                    previous.CopyTo(point, 0);
                return;
            }
            point.CopyTo(previous, 0);
            state.Step(point, gradient, [Range.All], bounds, learningRate);
        }

        Dictionary<string, float[]> Arrays() => new()
        {
            ["point"] = point,
            ["previous"] = previous,
            ["mean"] = state.Mean,
            ["square"] = state.Square,
        };
    }
}
