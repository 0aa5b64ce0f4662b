using Pastiche.Compute;

namespace Pastiche.Tests.Compute;

/// <summary>The vector paths by their lanes. All of them run everywhere: what the machine lacks, the runtime puts together.</summary>
internal static class Vectors
{
    public static IReadOnlyList<int> Lanes { get; } = [16, 8, 4];

    public static VectorWidth Width(int lanes) => (VectorWidth)Lanes.ToList().IndexOf(lanes);

    public static ComputePath Path(int lanes) => ComputePath.For(Width(lanes));

    public static int Best => Lanes[(int)ComputePath.Best];
}
