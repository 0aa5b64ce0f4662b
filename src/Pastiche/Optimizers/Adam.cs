namespace Pastiche.Optimizers;

/// <summary>Adam (Kingma and Ba, arXiv 1412.6980): steps of about the learning rate, whatever the gradient's size (while it is well above 1e-8).</summary>
internal static class Adam
{
    private const double Beta1 = 0.9;
    private const double Beta2 = 0.999;
    private const double Epsilon = 1e-8;

    /// <summary>Makes a function small.</summary>
    /// <param name="point">Where to start; moved. It is finite at all times: a step after which the gradient is not ends the search.</param>
    /// <param name="objective">The function.</param>
    /// <param name="bounds">The range of every coordinate.</param>
    /// <param name="learningRate">Step size.</param>
    /// <param name="evaluations">Evaluations to spend.</param>
    public static void Minimize(float[] point, Objective objective, Bounds bounds, double learningRate, int evaluations)
    {
        float[] gradient = new float[point.Length], mean = new float[point.Length], square = new float[point.Length];
        float[] previous = new float[point.Length];
        double decay1 = 1, decay2 = 1;
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
            (decay1, decay2) = (decay1 * Beta1, decay2 * Beta2);
            double step = learningRate * Math.Sqrt(1 - decay2) / (1 - decay1), epsilon = Epsilon * Math.Sqrt(1 - decay2);
            for (int i = 0; i < point.Length; i++)
            {
                double slope = gradient[i];
                mean[i] = (float)(Beta1 * mean[i] + (1 - Beta1) * slope);
                square[i] = (float)(Beta2 * square[i] + (1 - Beta2) * slope * slope);
                point[i] = bounds.Clamp((float)(point[i] - step * mean[i] / (Math.Sqrt(square[i]) + epsilon)));
            }
        }
    }
}
