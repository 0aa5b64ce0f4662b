using MathNet.Numerics.LinearAlgebra;
using Pastiche.Compute;
using Pastiche.Networks;

namespace Pastiche.Training;

/// <summary>
/// Measures which differences between a student's features a teacher would see. The linear map <c>T = M S</c> that predicts the
/// teacher's features best is found by least squares; a difference D of the student's is then worth what the predicted
/// difference <c>M D</c> is worth, mean over channels: <c>R = M^T M c_student / c_teacher</c>. Losses under R are the teacher's
/// losses of its predicted features, at the price of the student's.
/// </summary>
internal static class TeacherMetric
{
    // Of the mean square of a feature: directions that photographs hardly ever show are not to be trusted.
    private const double Ridge = 1e-4;

    /// <summary>Measures the metrics at all taps after a ReLU.</summary>
    /// <param name="student">The small network.</param>
    /// <param name="teacher">The large one, at the common scale, at least as deep.</param>
    /// <param name="pictures">Planes <c>[3, height, width]</c> with their size.</param>
    /// <param name="compute">What to compute with.</param>
    public static IReadOnlyDictionary<Tap, float[]> Measure(
        NetworkWeights student, NetworkWeights teacher, IEnumerable<(float[] Planes, int Height, int Width)> pictures, NetworkCompute compute)
    {
        IEnumerable<Tap> taps = Enumerable.Range(0, student.Convolutions.Count).Select(i => new Tap(i, IsRectified: true));
        return Maps(student, teacher, [.. taps], pictures, compute).ToDictionary(pair => pair.Key, pair => Metric(pair.Value));
    }

    /// <summary>The maps <c>M^T</c>, <c>[student's channels, teacher's channels]</c>, by tap.</summary>
    public static IReadOnlyDictionary<Tap, Matrix<double>> Maps(
        NetworkWeights student, NetworkWeights teacher, Tap[] taps, IEnumerable<(float[] Planes, int Height, int Width)> pictures, NetworkCompute compute)
    {
        using var ours = new FeatureNetwork(student, taps, PoolingKind.Max, compute);
        using var theirs = new FeatureNetwork(teacher, taps, PoolingKind.Max, compute);
        Moments[] moments = [.. taps.Select(tap => new Moments(student.Convolutions[tap.Convolution].Outputs, teacher.Convolutions[tap.Convolution].Outputs))];
        IWeightGradient[] products = [.. taps.Select(_ => compute.Path.WeightGradient())];
        foreach ((float[] planes, int height, int width) in pictures)
        {
            ours.Forward(planes, height, width);
            theirs.Forward(planes, height, width);
            compute.Pool.Run(taps.Length, (i, _) => moments[i].Add(ours[taps[i]], theirs[taps[i]], products[i]));
        }
        foreach (IWeightGradient product in products)
            product.Dispose();
        return taps.Zip(moments).ToDictionary(pair => pair.First, pair => pair.Second.Map());
    }

    private static float[] Metric(Matrix<double> map)
    {
        int students = map.RowCount;
        Matrix<double> metric = map.TransposeAndMultiply(map) * ((double)students / map.ColumnCount);
        var result = new float[students * students];
        for (int i = 0; i < result.Length; i++)
            result[i] = (float)metric[Math.Min(i / students, i % students), Math.Max(i / students, i % students)];
        return result;
    }

    /// <summary>Second moments of a tap's features, summed over pixels.</summary>
    private sealed class Moments(int students, int teachers)
    {
        private readonly Matrix<double> _own = Matrix<double>.Build.Dense(students, students);          // sum of S S^T
        private readonly Matrix<double> _cross = Matrix<double>.Build.Dense(students, teachers);        // sum of S T^T

        public void Add(FeatureMap student, FeatureMap teacher, IWeightGradient products)
        {
            AddProduct(student, student, products, _own);
            AddProduct(student, teacher, products, _cross);
        }

        public Matrix<double> Map()
        {
            double ridge = Math.Max(Ridge * _own.Trace() / students, double.Epsilon);
            return (_own + Matrix<double>.Build.DenseIdentity(students) * ridge).Cholesky().Solve(_cross);
        }

        // The gradient of a 1x1 convolution's weights is the product of its input and its output's gradient, summed over pixels.
        private static void AddProduct(FeatureMap left, FeatureMap right, IWeightGradient products, Matrix<double> sum)
        {
            var product = new float[right.Channels * left.Channels];       // [right, left]
            products.Add(left, right, product, new float[right.Channels]);
            for (int i = 0; i < product.Length; i++)
                sum[i % left.Channels, i / left.Channels] += product[i];
        }
    }
}
