namespace Pastiche.Compute;

/// <summary>
/// The interpolation points of a Winograd transform along one side, in the order of its results, as weights meet them: a line of three
/// is the polynomial <c>a + b x + c x^2</c>.
/// </summary>
internal sealed class WinogradPoints
{
    private const double SquareRootOfTwo = 1.41421356237309504880;

    private readonly double[] _evaluation;      // [points][3]
    private readonly (int Point, float Factor)[] _reversed;

    private WinogradPoints(double[] points)
    {
        Side = points.Length + 1;
        _evaluation = new double[3 * Side];
        for (int i = 0; i < points.Length; i++)
        {
            for (int power = 0; power < 3; power++)
                _evaluation[3 * i + power] = Math.Pow(points[i], power) / DerivativeAt(points, i);
        }
        _evaluation[^1] = 1;
        _reversed = [.. Enumerable.Range(0, Side).Select(Reverse)];
    }

    /// <summary>Those of <see cref="WinogradSix{TSimd}"/>.</summary>
    public static WinogradPoints Six { get; } = new([0, 0.5, -0.5, 1, -1, 2, -2]);

    /// <summary>Those of <see cref="WinogradFour{TSimd}"/>.</summary>
    public static WinogradPoints Four { get; } = new([0, SquareRootOfTwo / 2, -SquareRootOfTwo / 2, SquareRootOfTwo, -SquareRootOfTwo]);

    /// <summary>Points along a side, the last one at infinity: two more than a tile has pixels.</summary>
    public int Side { get; }

    /// <summary>Points of a patch.</summary>
    public int Count => Side * Side;

    /// <summary>
    /// A row of Winograd's matrix G: what a, b and c count at a point, which is the polynomial's value there, divided by the derivative
    /// of the polynomial that all points are the roots of.
    /// </summary>
    public ReadOnlySpan<double> Evaluation(int point) => _evaluation.AsSpan(3 * point, 3);

    /// <summary>
    /// Where <c>c + b x + a x^2</c> has at a point what it has: <c>x^2 (a / x^2 + b / x + c)</c> is the line the other way round at the
    /// inverse point, times a power of two, since the inverse of each point is one of them.
    /// </summary>
    public (int Point, float Factor) Reversed(int point) => _reversed[point];

    private static double DerivativeAt(double[] points, int i) =>
        points.Where((_, j) => j != i).Aggregate(1.0, (product, other) => product * (points[i] - other));

    private (int Point, float Factor) Reverse(int point)
    {
        ReadOnlySpan<double> row = Evaluation(point);
        for (int other = 0; other < Side; other++)
        {
            ReadOnlySpan<double> candidate = Evaluation(other);
            int power = candidate[0] != 0 ? 0 : 2;
            double factor = row[2 - power] / candidate[power];
            bool isParallel = factor != 0;
            for (int i = 0; i < 3; i++)
                isParallel &= Math.Abs(row[2 - i] - factor * candidate[i]) < 1e-12;
            if (isParallel)
                return (other, (float)factor);
        }
        throw new InvalidOperationException($"point {point} has no inverse");
    }
}
