using Pastiche.Optimizers;

namespace Pastiche.Tests.Optimizers;

public sealed class OptimizerTests
{
    private static readonly Bounds Wide = Bounds.None;

    [Fact]
    public void Lbfgs_solves_a_badly_scaled_quadratic()
    {
        float[] point = [.. Enumerable.Repeat(1f, 50)];
        int evaluations = 0;
        Lbfgs.Minimize(point, Counted(Quadratic, () => evaluations++), Wide, history: 10, evaluations: 200);
        Assert.All(point, value => Assert.InRange(value, -1e-2, 1e-2));
        Assert.InRange(evaluations, 1, 200);
    }

    [Fact]
    public void Lbfgs_follows_the_valley_of_Rosenbrock()
    {
        float[] point = [-1.2f, 1f];
        Lbfgs.Minimize(point, Rosenbrock, Wide, history: 10, evaluations: 100);
        Assert.InRange(point[0], 0.99, 1.01);
        Assert.InRange(point[1], 0.98, 1.02);
    }

    [Fact]
    public void Lbfgs_needs_fewer_evaluations_than_Adam()
    {
        float[] fast = [.. Enumerable.Repeat(1f, 50)], slow = [.. fast];
        Lbfgs.Minimize(fast, Quadratic, Wide, history: 10, evaluations: 60);
        Adam.Minimize(slow, Quadratic, Wide, learningRate: 0.02, evaluations: 60);
        Assert.True(Quadratic(fast, new float[50]) < Quadratic(slow, new float[50]));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Points_stay_within_bounds_and_reach_the_constrained_minimum(bool isLbfgs)
    {
        // The free minimum is at (2, -1, 0.5).
        double Function(ReadOnlySpan<float> x, Span<float> gradient)
        {
            Assert.All(x.ToArray(), value => Assert.InRange(value, 0f, 1f));
            float[] centre = [2, -1, 0.5f];
            double sum = 0;
            for (int i = 0; i < 3; i++)
            {
                gradient[i] = 2 * (x[i] - centre[i]);
                sum += Math.Pow(x[i] - centre[i], 2);
            }
            return sum;
        }
        float[] point = [0.4f, 0.6f, 0.9f];
        if (isLbfgs)
            Lbfgs.Minimize(point, Function, new Bounds(0, 1), history: 5, evaluations: 50);
        else
            Adam.Minimize(point, Function, new Bounds(0, 1), learningRate: 0.02, evaluations: 500);
        Assert.Equal(1, point[0], 1e-3);
        Assert.Equal(0, point[1], 1e-3);
        Assert.Equal(0.5, point[2], 1e-2);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_cliff_of_numbers_that_are_not_finite_is_never_stepped_onto(double cliff)
    {
        // log has its cliff at 0, and the minimum at 1 lies close to it.
        double Function(ReadOnlySpan<float> x, Span<float> gradient)
        {
            gradient[0] = x[0] > 0 ? 1 - 1 / x[0] : float.NaN;
            return x[0] > 0 ? x[0] - Math.Log(x[0]) : cliff;
        }
        float[] point = [30f];
        Lbfgs.Minimize(point, Function, Wide, history: 5, evaluations: 100);
        Assert.Equal(1, point[0], 1e-2);

        float[] stepped = [0.05f];
        Adam.Minimize(stepped, (x, g) => { g[0] = x[0] > 0.03f ? 1 : float.NaN; return x[0] > 0.03f ? x[0] : cliff; }, Wide, 0.02, 50);
        Assert.True(float.IsFinite(stepped[0]));
        Assert.True(stepped[0] > 0.03f);
    }

    [Fact]
    public void Lbfgs_leaves_the_point_where_it_is_when_nothing_is_finite()
    {
        float[] point = [3f];
        Lbfgs.Minimize(point, (_, gradient) => { gradient[0] = float.NaN; return double.NaN; }, Wide, history: 5, evaluations: 20);
        Assert.Equal(3f, point[0]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    public void No_more_evaluations_are_made_than_allowed(int allowed)
    {
        int evaluations = 0;
        float[] point = [-1.2f, 1f];
        Lbfgs.Minimize(point, Counted(Rosenbrock, () => evaluations++), Wide, history: 3, evaluations: allowed);
        Assert.Equal(allowed, evaluations);
        evaluations = 0;
        Adam.Minimize(point, Counted(Rosenbrock, () => evaluations++), Wide, 0.01, allowed);
        Assert.Equal(allowed, evaluations);
    }

    [Fact]
    public void Every_accepted_point_of_Lbfgs_is_lower_than_the_one_before()
    {
        float[] point = [-1.2f, 1f];
        double last = double.PositiveInfinity;
        for (int evaluations = 1; evaluations < 40; evaluations++)
        {
            point = [-1.2f, 1f];
            Lbfgs.Minimize(point, Rosenbrock, Wide, history: 5, evaluations);
            double value = Rosenbrock(point, new float[2]);
            Assert.True(value <= last);
            last = value;
        }
    }

    [Fact]
    public void A_rejected_step_costs_nothing_of_what_is_remembered()
    {
        var memory = new LbfgsMemory(length: 2, capacity: 2);
        memory.Add([0, 0], [1, 0], [0, 0], [2, 0]);
        memory.Add([0, 0], [0, 1], [0, 0], [0, 4]);
        memory.Add([0, 0], [1, 0], [0, 0], [-1, 0]);        // the gradient falls along it: refused
        float[] vector = [2, 4];
        memory.Apply(vector);
        Assert.Equal(2, memory.Count);
        Assert.Equal([1, 1], vector);                       // both curvatures, 2 and 4, are still known

        memory.Add([0, 0], [1, 0], [0, 0], [8, 0]);         // takes the place of the oldest
        vector = [8, 4];
        memory.Apply(vector);
        Assert.Equal(2, memory.Count);
        Assert.Equal([1, 1], vector);
    }

    [Fact]
    public void A_search_that_has_learnt_goes_on_where_another_would_start_anew()
    {
        float[] start = [.. Enumerable.Repeat(1f, 40)], taught = [.. start], untaught = [.. start];
        SearchState learnt = Lbfgs.Minimize([.. start.Select(x => 0.7f * x)], Quadratic, Wide, history: 10, evaluations: 30);

        Lbfgs.Minimize(taught, Quadratic, Wide, history: 10, evaluations: 12, learnt: learnt);
        Lbfgs.Minimize(untaught, Quadratic, Wide, history: 10, evaluations: 12);

        Assert.InRange(Value(taught), 0, 0.5 * Value(untaught));

        static double Value(float[] x) => Quadratic(x, new float[x.Length]);
    }

    [Theory]
    [InlineData(2, 3, 2)]
    [InlineData(9, 4, 4)]
    public void The_newest_pairs_of_a_state_are_those_that_are_kept(int capacity, int pairs, int expected)
    {
        var memory = new LbfgsMemory(length: 1, capacity: 10);
        for (int i = 1; i <= pairs; i++)
            memory.Add([0], [i], [0], [1]);

        SearchState newest = LbfgsMemory.Newest(memory.AddTo(SearchState.Empty), capacity);
        var other = new LbfgsMemory(length: 1, capacity: 10);
        other.Learn(newest);

        Assert.Equal(expected, other.Count);
        Assert.Equal(
            Enumerable.Range(pairs - expected + 1, expected).Select(i => (float)i),
            Enumerable.Range(0, expected).Select(i => other.AddTo(SearchState.Empty).Arrays[$"step.{i}"][0]));
    }

    private static double Quadratic(ReadOnlySpan<float> x, Span<float> gradient)
    {
        double sum = 0;
        for (int i = 0; i < x.Length; i++)
        {
            double curvature = Math.Pow(10, 3.0 * i / x.Length);
            gradient[i] = (float)(curvature * x[i]);
            sum += 0.5 * curvature * x[i] * x[i];
        }
        return sum;
    }

    private static double Rosenbrock(ReadOnlySpan<float> x, Span<float> gradient)
    {
        double a = 1 - x[0], b = x[1] - (double)x[0] * x[0];
        gradient[0] = (float)(-2 * a - 400 * x[0] * b);
        gradient[1] = (float)(200 * b);
        return a * a + 100 * b * b;
    }

    private static Objective Counted(Objective function, Action count) => (point, gradient) =>
    {
        count();
        return function(point, gradient);
    };
}
