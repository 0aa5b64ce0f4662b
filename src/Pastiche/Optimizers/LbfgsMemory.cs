using System.Buffers;
using System.Numerics.Tensors;

namespace Pastiche.Optimizers;

/// <summary>The last steps s and the changes y of the gradient over them: all that L-BFGS knows of the curvature.</summary>
internal sealed class LbfgsMemory
{
    private const double SmallestCosine = 1e-9;
    private const string CountName = "pairs";

    private readonly int _length, _capacity;
    private readonly Stretches _stretches;
    private readonly List<Pair> _pairs = [];       // oldest first

    /// <summary>Starts with nothing.</summary>
    /// <param name="length">Coordinates.</param>
    /// <param name="capacity">Pairs to remember.</param>
    /// <param name="stretches">What runs over the coordinates.</param>
    public LbfgsMemory(int length, int capacity, Stretches? stretches = null) =>
        (_length, _capacity, _stretches) = (length, capacity, stretches ?? new Stretches());

    public int Count => _pairs.Count;

    public void Clear() => _pairs.Clear();

    /// <summary>Remembers a step, unless the gradient did not grow along it: the Hessian's approximation must stay positive.</summary>
    public void Add(float[] from, float[] to, float[] gradientFrom, float[] gradientTo)
    {
        // What is refused must not cost the oldest pair, and arrays for one more would be two more pictures: sums come first.
        PairSums sums = Sum(range =>
        {
            int length = range.End.Value - range.Start.Value;
            float[] buffer = ArrayPool<float>.Shared.Rent(2 * length);
            Span<float> step = buffer.AsSpan(0, length), change = buffer.AsSpan(length, length);
            Subtract(range, step, change);
            PairSums part = PairSums.Of(step, change);
            ArrayPool<float>.Shared.Return(buffer);
            return part;
        });
        if (!sums.IsGood)
            return;
        Pair pair = _pairs.Count < _capacity ? new Pair(new float[_length], new float[_length]) : _pairs[0];
        _stretches.Run(_length, range => Subtract(range, pair.Step.AsSpan(range), pair.Change.AsSpan(range)));
        if (_pairs.Count == _capacity)
            _pairs.RemoveAt(0);
        _pairs.Add(pair.With(sums));

        void Subtract(Range range, Span<float> step, Span<float> change)
        {
            TensorPrimitives.Subtract(to.AsSpan(range), from.AsSpan(range), step);
            TensorPrimitives.Subtract(gradientTo.AsSpan(range), gradientFrom.AsSpan(range), change);
        }
    }

    /// <summary>A state with its newest pairs alone.</summary>
    /// <param name="state">What a memory was added to; one without pairs stays as it is.</param>
    /// <param name="capacity">Pairs at most.</param>
    public static SearchState Newest(SearchState state, int capacity)
    {
        if (!state.Numbers.TryGetValue(CountName, out double count) || count <= capacity)
            return state;
        int oldest = (int)count - capacity;
        return state with
        {
            Arrays = Enumerable.Range(0, capacity)
                .SelectMany(i => new[] { (Name: StepName(i), Old: StepName(oldest + i)), (Name: ChangeName(i), Old: ChangeName(oldest + i)) })
                .ToDictionary(names => names.Name, names => state.Arrays[names.Old]),
            Numbers = new Dictionary<string, double> { [CountName] = capacity },
        };
    }

    /// <summary>Remembers what a search of a function alike did, instead of what there is; the state's arrays become the memory's.</summary>
    public void Learn(SearchState state)
    {
        _pairs.Clear();
        for (int i = 0; i < (int)state.Numbers[CountName]; i++)
        {
            var pair = new Pair(state.Arrays[StepName(i)], state.Arrays[ChangeName(i)]);
            PairSums sums = Sum(range => PairSums.Of(pair.Step.AsSpan(range), pair.Change.AsSpan(range)));
            if (sums.IsGood)
                _pairs.Add(pair.With(sums));
        }
    }

    /// <summary>Multiplies a vector with the approximate inverse Hessian: the two-loop recursion.</summary>
    public void Apply(float[] vector)
    {
        if (_pairs.Count == 0)
            return;
        Span<double> factors = stackalloc double[_pairs.Count];
        int last = _pairs.Count - 1;
        double dot = _stretches.Dot(_pairs[last].Step, vector);
        for (int i = last; i >= 0; i--)
        {
            factors[i] = dot / _pairs[i].Product;
            dot = i > 0
                ? AddAndDot(-factors[i], _pairs[i].Change, 1, vector, _pairs[i - 1].Step)
                : AddAndDot(-factors[i], _pairs[i].Change, _pairs[last].Scale, vector, _pairs[i].Change);
        }
        for (int i = 0; i <= last; i++)
        {
            double factor = factors[i] - dot / _pairs[i].Product;
            dot = AddAndDot(factor, _pairs[i].Step, 1, vector, i < last ? _pairs[i + 1].Change : null);
        }
    }

    /// <summary>Adds what is remembered to a state.</summary>
    public SearchState AddTo(SearchState state)
    {
        Dictionary<string, float[]> arrays = new(state.Arrays);
        Dictionary<string, double> numbers = new(state.Numbers) { [CountName] = _pairs.Count };
        for (int i = 0; i < _pairs.Count; i++)
        {
            (arrays[StepName(i)], arrays[ChangeName(i)]) = (_pairs[i].Step, _pairs[i].Change);
            (numbers[$"product.{i}"], numbers[$"scale.{i}"]) = (_pairs[i].Product, _pairs[i].Scale);
        }
        return state with { Arrays = arrays, Numbers = numbers };
    }

    /// <summary>Remembers what a state holds instead; its arrays become the memory's.</summary>
    public void Restore(SearchState state)
    {
        _pairs.Clear();
        for (int i = 0; i < (int)state.Numbers[CountName]; i++)
        {
            _pairs.Add(new Pair(state.Arrays[StepName(i)], state.Arrays[ChangeName(i)])
            {
                Product = state.Numbers[$"product.{i}"],
                Scale = state.Numbers[$"scale.{i}"],
            });
        }
    }

    // What comes next is a sum over the vector: taking it along saves a way through memory.
    private double AddAndDot(double factor, float[] addend, double scale, float[] vector, float[]? next) => _stretches.Reduce(
        _length,
        range =>
        {
            Span<float> part = vector.AsSpan(range);
            VectorMath.Add(factor, addend.AsSpan(range), part);
            if (scale != 1)
                TensorPrimitives.Multiply(part, (float)scale, part);
            return next is null ? 0 : VectorMath.Dot(next.AsSpan(range), part);
        },
        static (a, b) => a + b);

    private static string StepName(int pair) => $"step.{pair}";

    private static string ChangeName(int pair) => $"change.{pair}";

    private PairSums Sum(Func<Range, PairSums> part) => _stretches.Reduce(_length, part, static (a, b) => a + b);

    /// <summary>What decides on a pair: <c>s . y</c>, <c>s . s</c>, <c>y . y</c>.</summary>
    private readonly record struct PairSums(double Product, double Steps, double Changes)
    {
        /// <summary>Whether the gradient grew along the step.</summary>
        public bool IsGood => Product > SmallestCosine * Math.Sqrt(Steps * Changes);

        public static PairSums Of(ReadOnlySpan<float> step, ReadOnlySpan<float> change) =>
            new(VectorMath.Dot(step, change), VectorMath.Dot(step, step), VectorMath.Dot(change, change));

        public static PairSums operator +(PairSums a, PairSums b) => new(a.Product + b.Product, a.Steps + b.Steps, a.Changes + b.Changes);
    }

    private sealed record Pair(float[] Step, float[] Change)
    {
        /// <summary><c>s . y</c>.</summary>
        public double Product { get; init; }

        /// <summary><c>s . y / y . y</c>: the inverse curvature along the step.</summary>
        public double Scale { get; init; }

        public Pair With(PairSums sums) => this with { Product = sums.Product, Scale = sums.Product / sums.Changes };
    }
}
