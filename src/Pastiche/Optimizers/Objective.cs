namespace Pastiche.Optimizers;

/// <summary>A function to make small.</summary>
/// <param name="point">Where.</param>
/// <param name="gradient">Receives the gradient there.</param>
/// <returns>The value there.</returns>
internal delegate double Objective(ReadOnlySpan<float> point, Span<float> gradient);

/// <summary>The range that every coordinate stays in.</summary>
internal readonly record struct Bounds(float Low, float High)
{
    /// <summary>No bounds.</summary>
    public static Bounds None { get; } = new(float.NegativeInfinity, float.PositiveInfinity);

    public float Clamp(float value) => Math.Clamp(value, Low, High);

    /// <summary>Whether a coordinate is at a bound that its gradient pushes it against.</summary>
    public bool IsBlocked(float value, float gradient) => (value <= Low && gradient > 0) || (value >= High && gradient < 0);
}
