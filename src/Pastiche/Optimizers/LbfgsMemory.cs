using System.Numerics.Tensors;

namespace Pastiche.Optimizers;

/// <summary>The last steps s and the changes y of the gradient over them: all that L-BFGS knows of the curvature.</summary>
internal sealed class LbfgsMemory(int length, int capacity)
{
    private const double SmallestCosine = 1e-9;

    private readonly List<Pair> _pairs = [];       // oldest first
    private Pair? _spare;                          // arrays for the next pair

    public int Count => _pairs.Count;

    public void Clear() => _pairs.Clear();

    /// <summary>Remembers a step, unless the gradient did not grow along it: the Hessian's approximation must stay positive.</summary>
    public void Add(float[] from, float[] to, float[] gradientFrom, float[] gradientTo)
    {
        Pair pair = _spare ?? new Pair(new float[length], new float[length]);
        _spare = pair;
        TensorPrimitives.Subtract(to, from, pair.Step);
        TensorPrimitives.Subtract(gradientTo, gradientFrom, pair.Change);
        double product = VectorMath.Dot(pair.Step, pair.Change);
        double steps = VectorMath.Dot(pair.Step, pair.Step), changes = VectorMath.Dot(pair.Change, pair.Change);
        if (product <= SmallestCosine * Math.Sqrt(steps * changes))
            return;
        _spare = null;
        if (_pairs.Count == capacity)
        {
            _spare = _pairs[0];
            _pairs.RemoveAt(0);
        }
        _pairs.Add(pair with { Product = product, Scale = product / changes });
    }

    /// <summary>Multiplies a vector with the approximate inverse Hessian: the two-loop recursion.</summary>
    public void Apply(float[] vector)
    {
        if (_pairs.Count == 0)
            return;
        Span<double> factors = stackalloc double[_pairs.Count];
        for (int i = _pairs.Count - 1; i >= 0; i--)
        {
            factors[i] = VectorMath.Dot(_pairs[i].Step, vector) / _pairs[i].Product;
            VectorMath.Add(-factors[i], _pairs[i].Change, vector);
        }
        TensorPrimitives.Multiply(vector, (float)_pairs[^1].Scale, vector);
        for (int i = 0; i < _pairs.Count; i++)
        {
            double factor = factors[i] - VectorMath.Dot(_pairs[i].Change, vector) / _pairs[i].Product;
            VectorMath.Add(factor, _pairs[i].Step, vector);
        }
    }

    private sealed record Pair(float[] Step, float[] Change)
    {
        /// <summary><c>s . y</c>.</summary>
        public double Product { get; init; }

        /// <summary><c>s . y / y . y</c>: the inverse curvature along the step.</summary>
        public double Scale { get; init; }
    }
}
