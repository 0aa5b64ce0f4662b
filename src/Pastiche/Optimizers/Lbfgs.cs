using System.Numerics.Tensors;

namespace Pastiche.Optimizers;

/// <summary>
/// Limited-memory BFGS (Liu and Nocedal 1989) with simple bounds: coordinates that their gradient pushes against a bound stay
/// there for the step, the others move along the quasi-Newton direction and are clamped (two-metric projection, Bertsekas
/// 1982). A step is taken only if it makes the function smaller, so the point is finite and the best so far at all times.
/// </summary>
internal static class Lbfgs
{
    private const double SufficientDecrease = 1e-4;
    private const double LargestFirstStep = 0.05;
    private const int MaxTrials = 20;
    private const string Point = "point", Gradient = "gradient", Value = "value";

    /// <summary>Makes a function small.</summary>
    /// <param name="point">Where to start, within the bounds; moved.</param>
    /// <param name="objective">The function. A value or gradient that is not finite makes the step shorter.</param>
    /// <param name="bounds">The range of every coordinate.</param>
    /// <param name="history">Pairs of steps to remember, at least 1.</param>
    /// <param name="evaluations">Evaluations to spend; fewer are made when no step makes the function smaller.</param>
    /// <param name="loop">What runs loops over the coordinates; <c>null</c>: the caller's thread. The result does not depend on it.</param>
    /// <param name="places">Where it begins, when that is in the middle, and who hears of where it could; <c>null</c>: neither.</param>
    /// <param name="learnt">What a search of a function alike returned: steps and changes that are as good as its own; <c>null</c>: nothing.</param>
    /// <returns>What it remembers, for a search of a function alike.</returns>
    public static SearchState Minimize(
        float[] point, Objective objective, Bounds bounds, int history, int evaluations, ParallelLoop? loop = null, SearchPlaces? places = null,
        SearchState? learnt = null)
    {
        var stretches = new Stretches(loop);
        var memory = new LbfgsMemory(point.Length, history, stretches);
        float[] gradient = new float[point.Length], direction = new float[point.Length];
        float[] trial = new float[point.Length], trialGradient = new float[point.Length];
        double value;
        int left;
        if (places?.From is { } from)
        {
            from.Arrays[Point].CopyTo(point, 0);
            from.Arrays[Gradient].CopyTo(gradient, 0);
            value = from.Numbers[Value];
            left = evaluations - from.Evaluations;
            memory.Restore(from);
        }
        else
        {
            value = objective(point, gradient);
            left = evaluations - 1;
            if (!IsFinite(value, gradient, stretches))
                return memory.AddTo(SearchState.Empty);
            if (learnt is not null)
                memory.Learn(learnt);
        }

        while (left > 0)
        {
            int spent = evaluations - left;
            places?.Reached(() => State(spent));
            Direction(point, gradient, bounds, memory, direction, stretches);
            double largest = memory.Count == 0 ? stretches.MaxMagnitude(direction) : 1;
            if (largest == 0)
                break;
            double step = memory.Count == 0 ? LargestFirstStep / largest : 1;
            bool isDown = false;
            for (int trials = 0; !isDown && left > 0 && trials < MaxTrials; trials++)
            {
                double slope = Move(point, gradient, direction, (float)step, bounds, trial, stretches);
                if (slope >= 0)
                    break;
                double trialValue = objective(trial, trialGradient);
                left--;
                isDown = IsFinite(trialValue, trialGradient, stretches) && trialValue <= value + SufficientDecrease * slope;
                if (isDown)
                {
                    memory.Add(point, trial, gradient, trialGradient);
                    (value, gradient, trialGradient) = (trialValue, trialGradient, gradient);
                    stretches.Run(point.Length, range => trial.AsSpan(range).CopyTo(point.AsSpan(range)));
                }
                else
                {
                    step *= Shrink(value, slope, trialValue);
                }
            }
            if (isDown)
                continue;
            if (memory.Count == 0)
                break;
            // What is remembered leads nowhere: start again along the gradient.
            memory.Clear();
        }
        return memory.AddTo(SearchState.Empty);

        SearchState State(int spent)
        {
            var state = new SearchState(spent, new Dictionary<string, float[]> { [Point] = point, [Gradient] = gradient }, new Dictionary<string, double> { [Value] = value });
            return memory.AddTo(state);
        }
    }

    /// <summary>Minus the approximate inverse Hessian times the gradient of the coordinates that can move.</summary>
    private static void Direction(
        float[] point, float[] gradient, Bounds bounds, LbfgsMemory memory, float[] direction, Stretches stretches)
    {
        stretches.Run(point.Length, range => Projection.CopyFree(
            point.AsSpan(range), gradient.AsSpan(range), bounds, gradient.AsSpan(range), direction.AsSpan(range)));
        memory.Apply(direction);
        double slope = stretches.Reduce(
            point.Length,
            range =>
            {
                Span<float> part = direction.AsSpan(range);
                Projection.CopyFree(point.AsSpan(range), gradient.AsSpan(range), bounds, part, part);
                TensorPrimitives.Negate(part, part);
                return VectorMath.Dot(part, gradient.AsSpan(range));
            },
            static (a, b) => a + b);
        if (slope < 0)
            return;
        // Clamping can turn an approximate direction uphill; the gradient's own never is.
        memory.Clear();
        TensorPrimitives.Negate(gradient, direction);
        Projection.CopyFree(point, gradient, bounds, direction, direction);
    }

    private static double Move(
        float[] point, float[] gradient, float[] direction, float step, Bounds bounds, float[] trial, Stretches stretches) =>
        stretches.Reduce(
            point.Length,
            range => Projection.Move(
                point.AsSpan(range), gradient.AsSpan(range), direction.AsSpan(range), step, bounds, trial.AsSpan(range)),
            static (a, b) => a + b);

    /// <summary>Where the parabola through what is known has its minimum, between a tenth and a half of the step.</summary>
    private static double Shrink(double value, double slope, double trialValue)
    {
        double curvature = trialValue - value - slope;
        return double.IsFinite(curvature) && curvature > 0 ? Math.Clamp(-slope / (2 * curvature), 0.1, 0.5) : 0.1;
    }

    private static bool IsFinite(double value, float[] gradient, Stretches stretches) =>
        double.IsFinite(value) && double.IsFinite(stretches.MaxMagnitude(gradient));
}
