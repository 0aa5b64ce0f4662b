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
    public static void Minimize(float[] point, Objective objective, Bounds bounds, double learningRate, int evaluations)
    {
        var state = new AdamState(point.Length);
        float[] gradient = new float[point.Length], previous = new float[point.Length];
        for (int evaluation = 0; evaluation < evaluations; evaluation++)
        {
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
    }
}
