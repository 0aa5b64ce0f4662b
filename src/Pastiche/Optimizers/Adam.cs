using System.Numerics.Tensors;

namespace Pastiche.Optimizers;

/// <summary>Adam (Kingma and Ba, arXiv 1412.6980): steps of about the learning rate, whatever the gradient's size (while it is well above 1e-8).</summary>
internal static class Adam
{
    private const string Mean = "mean", Square = "square", Steps = "steps";

    /// <summary>Makes a function small.</summary>
    /// <param name="point">Where to start; moved. It is finite at all times: a step after which the gradient is not ends the search.</param>
    /// <param name="objective">The function.</param>
    /// <param name="bounds">The range of every coordinate.</param>
    /// <param name="learningRate">Step size.</param>
    /// <param name="evaluations">Evaluations to spend.</param>
    /// <param name="places">Where it begins, when that is in the middle, and who hears of where it could; <c>null</c>: neither.</param>
    /// <param name="learnt">What a search of a function alike returned: its running means; <c>null</c>: nothing.</param>
    /// <returns>Its running means, for a search of a function alike.</returns>
    public static SearchState Minimize(
        float[] point, Objective objective, Bounds bounds, double learningRate, int evaluations, SearchPlaces? places = null,
        SearchState? learnt = null)
    {
        var state = new AdamState(point.Length);
        float[] gradient = new float[point.Length], previous = new float[point.Length];
        int first = 0;
        if (places?.From is { } from)
        {
            first = from.Evaluations;
            state.Steps = (long)from.Numbers[Steps];
            foreach ((string name, float[] array) in Arrays())
                from.Arrays[name].CopyTo(array, 0);
        }
        else if (learnt is not null)
        {
            state.Steps = (long)learnt.Numbers[Steps];
            learnt.Arrays[Mean].CopyTo(state.Mean, 0);
            // What has been brought to another size may have swung below zero.
            TensorPrimitives.Max(learnt.Arrays[Square], 0f, state.Square);
        }
        for (int evaluation = first; evaluation < evaluations; evaluation++)
        {
            int spent = evaluation;
            places?.Reached(() => new SearchState(spent, Arrays(), Numbers()));
            double value = objective(point, gradient);
            if (!double.IsFinite(value) || !double.IsFinite(VectorMath.MaxMagnitude(gradient)))
            {
                if (evaluation > 0)
                    previous.CopyTo(point, 0);
                break;
            }
            point.CopyTo(previous, 0);
            state.Step(point, gradient, [Range.All], bounds, learningRate);
        }

        return new SearchState(0, new Dictionary<string, float[]> { [Mean] = state.Mean, [Square] = state.Square }, Numbers());

        Dictionary<string, float[]> Arrays() => new()
        {
            ["point"] = point,
            ["previous"] = previous,
            [Mean] = state.Mean,
            [Square] = state.Square,
        };

        Dictionary<string, double> Numbers() => new() { [Steps] = state.Steps };
    }
}
