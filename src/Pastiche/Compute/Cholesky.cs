namespace Pastiche.Compute;

/// <summary>
/// The Cholesky factorisation <c>A = L L^T</c> of a symmetric matrix without negative eigenvalues, L lower triangular (Golub and Van
/// Loan, "Matrix Computations", section 4.2), row by row. It never fails: a row of L is never longer than its diagonal entry allows,
/// so that a matrix with small negative eigenvalues, by rounding, gives the factor of one nearby.
/// </summary>
internal static class Cholesky
{
    /// <summary>Factors a matrix.</summary>
    /// <param name="matrix">A, <c>[size, size]</c>; its lower triangle becomes L, its upper one zero.</param>
    /// <param name="size">Rows.</param>
    /// <param name="smallestPivot">
    /// What the square of a diagonal entry of L is at least. Zero: a column without a pivot is zero, as it must be in a semidefinite
    /// matrix.
    /// </param>
    public static void Factor(double[] matrix, int size, double smallestPivot)
    {
        for (int i = 0; i < size; i++)
        {
            Span<double> row = matrix.AsSpan(i * size, size);
            double rest = Math.Max(row[i], 0);
            for (int j = 0; j < i; j++)
            {
                double pivot = matrix[j * size + j], longest = Math.Sqrt(rest);
                double entry = pivot > 0 ? (row[j] - SpanMath.Dot(row[..j], matrix.AsSpan(j * size, j))) / pivot : 0;
                row[j] = Math.Clamp(entry, -longest, longest);
                rest = Math.Max(rest - row[j] * row[j], 0);
            }
            row[i] = Math.Sqrt(Math.Max(rest, smallestPivot));
            row[(i + 1)..].Clear();
        }
    }

    /// <summary>Solves <c>X L = B</c> for a row of B.</summary>
    /// <param name="factor">L, <c>[size, size]</c>, without zeros on the diagonal.</param>
    /// <param name="row">A row of B; becomes the row of X.</param>
    public static void SolveRow(double[] factor, Span<double> row)
    {
        int size = row.Length;
        for (int j = size - 1; j >= 0; j--)
        {
            row[j] /= factor[j * size + j];
            SpanMath.AddScaled(row[..j], -row[j], factor.AsSpan(j * size, j));
        }
    }
}
