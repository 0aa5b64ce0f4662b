namespace Pastiche.Engines;

/// <summary>
/// The objective of a picture that is to tile: that of the picture with its own pixels around it. What the pixels of the margin
/// would gain belongs to the pixels that they repeat. Total variation goes on across the seam in the same way.
/// </summary>
/// <param name="objective">The objective of the canvas.</param>
/// <param name="canvas">The picture's size and a margin that repeats it.</param>
internal sealed class TiledObjective(GatysObjective objective, Canvas canvas)
{
    private readonly float[] _gradient = new float[3 * canvas.Height * canvas.Width];

    /// <summary>The value and its gradient.</summary>
    /// <param name="planes">The picture <c>[3, height, width]</c>.</param>
    /// <param name="gradient">Receives the gradient <c>[3, height, width]</c>.</param>
    public double Evaluate(ReadOnlySpan<float> planes, Span<float> gradient)
    {
        double value = objective.Evaluate(canvas.Enlarge(planes), _gradient);
        canvas.Fold(_gradient, gradient);
        return value;
    }
}
