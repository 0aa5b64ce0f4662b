using System.Numerics;

namespace Pastiche.Samples.Drawing;

/// <summary>One eddy: the flow circles around its centre, strongest at about <c>Radius</c> from it.</summary>
internal readonly record struct Vortex(float X, float Y, float Radius, float Strength);

/// <summary>
/// A steady flow with whirls. It is the curl of a stream function, so its lines close around the eddies
/// and never run into one another: level lines of <see cref="Stream"/> are the paths of the flow.
/// </summary>
internal sealed class FlowField(Noise noise, float drift, params Vortex[] vortices)
{
    /// <summary>The stream function: drift to the right, a slow meander, the eddies.</summary>
    public float Stream(float x, float y)
    {
        float sum = drift * y + 26 * noise.At(x / 190, y / 120);
        foreach (Vortex vortex in vortices)
        {
            float dx = x - vortex.X, dy = y - vortex.Y;
            sum += vortex.Strength * MathF.Exp(-(dx * dx + dy * dy) / (2 * vortex.Radius * vortex.Radius));
        }
        return sum;
    }

    /// <summary>The flow's direction, of length 1.</summary>
    public Vector2 Direction(float x, float y)
    {
        float down = Stream(x, y + 1) - Stream(x, y - 1), right = Stream(x + 1, y) - Stream(x - 1, y);
        var flow = new Vector2(down, -right);
        float length = flow.Length();
        return length > 1e-6f ? flow / length : Vector2.UnitX;
    }
}
