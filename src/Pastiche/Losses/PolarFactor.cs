using System.Numerics.Tensors;
using Pastiche.Compute;
using Pastiche.Optimizers;

namespace Pastiche.Losses;

/// <summary>
/// The orthogonal factor U of the polar decomposition <c>G = U H</c> of a square matrix, by Newton-Schulz steps that are scaled anew
/// each time so that small singular values grow by 2.6 a step instead of 1.5 (Chen and Chow, "A stable scaling of Newton-Schulz for
/// improving the sign function computation of a Hermitian matrix", 2014). A step is <c>X -> a / 2 (3 I - a^2 X X^T) X</c>: two products
/// of matrices, which the kernels for Gram matrices and gradients compute at full speed.
/// </summary>
/// <param name="size">Rows.</param>
/// <param name="products">What computes products.</param>
internal sealed class PolarFactor(int size, IFeatureProducts products) : IDisposable
{
    private const int MostSteps = 24;

    // How far from 1 the singular values may be when the steps end; the last one squares the distance.
    private const double NearlyOne = 3e-3;

    private readonly float[] _step = new float[size * size];
    private FeatureMap _current = MatrixMap.Create(size), _next = MatrixMap.Create(size);

    /// <summary>Computes U.</summary>
    /// <param name="matrix">G, with a row a channel (<see cref="MatrixMap"/>); not changed.</param>
    /// <param name="smallest">
    /// About the smallest singular value. What is smaller than that still comes out between 0 and 1 times a rotation: in the direction
    /// of U, and not all of the way.
    /// </param>
    /// <returns>U, with a row a channel; valid until the next call.</returns>
    public FeatureMap Compute(FeatureMap matrix, double smallest)
    {
        _current.CopyFrom(matrix);
        products.Gram(_current, _step);
        // The largest singular value is at most the fourth root of the sum of the fourth powers.
        double bound = Math.Sqrt(Math.Sqrt(VectorMath.Dot(_step, _step)));
        if (bound == 0)
            return _current;
        double scale = 1 / bound, lowest = Math.Clamp(smallest / bound, 1e-7, 1);
        for (int step = 0; step < MostSteps; step++)
        {
            // The cubic that brings the interval from the lowest value to 1 as close to 1 as any: equal at both ends, 1 in between.
            double stretch = Math.Sqrt(3 / (1 + lowest + lowest * lowest));
            bool isLast = 1 - lowest < NearlyOne;
            Step(scale * (isLast ? 1 : stretch));
            if (isLast)
                break;
            lowest = stretch * lowest * (3 - stretch * stretch * lowest * lowest) / 2;
            scale = 1;
            products.Gram(_current, _step);
        }
        return _current;
    }

    public void Dispose()
    {
        _current.Dispose();
        _next.Dispose();
    }

    // _step holds X X^T.
    private void Step(double scale)
    {
        TensorPrimitives.Multiply(_step, (float)(-0.5 * scale * scale * scale), _step);
        for (int i = 0; i < size; i++)
            _step[i * (size + 1)] += (float)(1.5 * scale);
        _next.Clear();
        products.AddProduct(_step, _current, _next, onlyPositive: false);
        (_current, _next) = (_next, _current);
    }
}
