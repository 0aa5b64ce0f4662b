using System.Numerics.Tensors;
using Pastiche.Compute;

namespace Pastiche.Transforms;

/// <summary>
/// The eigen-decomposition <c>A = sum over k of value[k] * vector[k] vector[k]^T</c> of a symmetric matrix: Householder reflections
/// to tridiagonal form, then implicit QL steps (Golub and Van Loan, "Matrix Computations", section 8.3). It never fails: what has
/// not converged after many steps, which no finite matrix has been seen to need, is taken as it is.
/// </summary>
internal sealed class SymmetricEigen
{
    private const int MaxSweeps = 60;

    // The distance from 1 to the next number.
    private const double Precision = 2.2e-16;

    // Squares of entries, of a matrix whose largest entry is 1, below which there is nothing to reflect.
    private const double NoLength = 1e-200;

    private readonly int _size;
    private readonly double[] _diagonal, _offDiagonal;

    // Vectors lie in rows, so that a rotation works on two stretches of memory.
    private readonly double[] _vectors;

    /// <summary>Decomposes a matrix.</summary>
    /// <param name="matrix">A, <c>[size, size]</c>; not changed.</param>
    /// <param name="size">Rows, at least 1.</param>
    public SymmetricEigen(ReadOnlySpan<double> matrix, int size)
    {
        (_size, _diagonal, _offDiagonal) = (size, new double[size], new double[size]);
        _vectors = new double[size * size];
        double scale = Math.Abs(TensorPrimitives.MaxMagnitude(matrix));
        var scaled = new double[matrix.Length];
        if (scale > 0)
            TensorPrimitives.Divide(matrix, scale, scaled);
        Tridiagonalise(scaled);
        Diagonalise();
        TensorPrimitives.Multiply(_diagonal, scale, _diagonal);
    }

    /// <summary>The eigenvalues, in no particular order.</summary>
    public IReadOnlyList<double> Values => _diagonal;

    /// <summary>The largest eigenvalue.</summary>
    public double Largest => TensorPrimitives.Max<double>(_diagonal);

    /// <summary>The unit eigenvector that belongs to a value.</summary>
    public ReadOnlySpan<double> Vector(int index) => Row(_vectors, index);

    /// <summary>The symmetric matrix with the same vectors and other values: <c>sum over k of f(value[k]) * vector[k] vector[k]^T</c>.</summary>
    public double[] Function(Func<double, double> f)
    {
        var result = new double[_size * _size];
        double[] values = Array.ConvertAll(_diagonal, value => f(value));
        for (int i = 0; i < _size; i++)
        {
            Span<double> row = Row(result, i)[i..];
            for (int k = 0; k < _size; k++)
            {
                ReadOnlySpan<double> vector = Vector(k);
                if (values[k] != 0)
                    SpanMath.AddScaled(row, values[k] * vector[i], vector[i..]);
            }
            for (int j = i + 1; j < _size; j++)
                result[j * _size + i] = result[i * _size + j];
        }
        return result;
    }

    private Span<double> Row(double[] matrix, int row) => matrix.AsSpan(row * _size, _size);

    // Leaves A = Q T Q^T with T in _diagonal and _offDiagonal and Q^T in _vectors. Q is the product of reflections
    // I - factor v v^T, one a column.
    private void Tridiagonalise(double[] a)
    {
        var reflectors = new double[a.Length];
        var factors = new double[_size];
        var product = new double[_size];
        for (int k = 0; k < _size - 1; k++)
        {
            int next = k + 1;
            _diagonal[k] = a[k * _size + k];
            _offDiagonal[k] = a[k * _size + next];
            Span<double> v = Row(reflectors, k)[next..];
            Row(a, k)[next..].CopyTo(v);
            double tail = SpanMath.Dot(v[1..], v[1..]);
            if (tail < NoLength)
                continue;
            double length = Math.Sqrt(v[0] * v[0] + tail);
            _offDiagonal[k] = v[0] > 0 ? -length : length;
            v[0] -= _offDiagonal[k];
            double factor = factors[k] = 2 / (v[0] * v[0] + tail);

            Span<double> w = product.AsSpan(next, v.Length);
            for (int i = next; i < _size; i++)
                product[i] = factor * SpanMath.Dot(Row(a, i)[next..], v);
            SpanMath.AddScaled(w, -0.5 * factor * SpanMath.Dot(w, v), v);
            for (int i = next; i < _size; i++)
            {
                Span<double> row = Row(a, i)[next..];
                SpanMath.AddScaled(row, -v[i - next], w);
                SpanMath.AddScaled(row, -w[i - next], v);
            }
        }
        _diagonal[^1] = a[^1];

        for (int i = 0; i < _size; i++)
            _vectors[i * _size + i] = 1;
        for (int k = _size - 2; k >= 0; k--)
        {
            ReadOnlySpan<double> v = Row(reflectors, k)[(k + 1)..];
            for (int i = k + 1; i < _size && factors[k] != 0; i++)
            {
                Span<double> row = Row(_vectors, i)[(k + 1)..];
                SpanMath.AddScaled(row, -factors[k] * SpanMath.Dot(row, v), v);
            }
        }
    }

    private void Diagonalise()
    {
        double norm = 0;
        for (int i = 0; i < _size; i++)
            norm = Math.Max(norm, Math.Abs(_diagonal[i]) + Math.Abs(_offDiagonal[i]));
        // Relative to the whole matrix: values that are noise need not be told apart.
        double negligible = Precision * norm;
        for (int first = 0; first < _size; first++)
        {
            for (int sweep = 0; sweep < MaxSweeps; sweep++)
            {
                int last = first;
                while (last < _size - 1 && Math.Abs(_offDiagonal[last]) > negligible)
                    last++;
                if (last == first)
                    break;
                Sweep(first, last);
            }
        }
    }

    // One implicit QL step with Wilkinson's shift on the unreduced block from first to last.
    private void Sweep(int first, int last)
    {
        double[] d = _diagonal, e = _offDiagonal;
        double slope = (d[first + 1] - d[first]) / (2 * e[first]);
        double root = double.Hypot(slope, 1);
        double g = d[last] - d[first] + e[first] / (slope + Math.CopySign(root, slope));
        double sine = 1, cosine = 1, shift = 0;
        for (int i = last - 1; i >= first; i--)
        {
            double f = sine * e[i], b = cosine * e[i];
            double length = e[i + 1] = double.Hypot(f, g);
            if (length == 0)
            {
                // The block falls apart here; the next step sees two.
                d[i + 1] -= shift;
                e[last] = 0;
                return;
            }
            (sine, cosine) = (f / length, g / length);
            g = d[i + 1] - shift;
            double r = (d[i] - g) * sine + 2 * cosine * b;
            shift = sine * r;
            d[i + 1] = g + shift;
            g = cosine * r - b;
            SpanMath.Rotate(Row(_vectors, i), Row(_vectors, i + 1), sine, cosine);
        }
        d[first] -= shift;
        e[first] = g;
        e[last] = 0;
    }
}
