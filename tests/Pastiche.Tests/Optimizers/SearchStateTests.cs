using Pastiche.Optimizers;

namespace Pastiche.Tests.Optimizers;

public sealed class SearchStateTests
{
    private static readonly Bounds Range = new(0, 1);

    [Theory]
    [InlineData("lbfgs", 40)]
    [InlineData("adam", 25)]
    public void A_search_goes_on_from_every_place_as_if_it_had_not_been_interrupted(string kind, int evaluations)
    {
        var states = new List<SearchState>();
        float[] whole = Start();
        List<double> values = Minimize(kind, whole, evaluations, new SearchPlaces(null, state => states.Add(Copy(state()))));

        Assert.True(states.Count > 10, $"{states.Count} places");
        foreach (SearchState state in states)
        {
            float[] point = Start();
            List<double> rest = Minimize(kind, point, evaluations, new SearchPlaces(Copy(state), _ => { }));

            Assert.Equal(values.Skip(state.Evaluations), rest);
            Assert.Equal(whole, point);
        }
    }

    [Theory]
    [InlineData("lbfgs")]
    [InlineData("adam")]
    public void A_state_is_right_when_the_function_is_left_by_an_exception(string kind)
    {
        float[] whole = Start();
        List<double> values = Minimize(kind, whole, 30, null);
        for (int last = 1; last < 30; last++)
        {
            Func<SearchState>? state = null;
            int stop = last;
            Assert.Throws<OperationCanceledException>(() => Minimize(kind, Start(), 30, new SearchPlaces(null, reached => state = reached), stop));
            if (state is null)
                continue;

            float[] point = Start();
            Assert.Equal(values.Skip(state().Evaluations), Minimize(kind, point, 30, new SearchPlaces(Copy(state()), _ => { })));
            Assert.Equal(whole, point);
        }
    }

    private static float[] Start() => [.. Enumerable.Range(0, 23).Select(i => 0.1f + 0.035f * i)];

    // A crooked valley along which a search has to turn, with its end beyond the bounds.
    private static List<double> Minimize(string kind, float[] point, int evaluations, SearchPlaces? places, int stopAfter = int.MaxValue)
    {
        var values = new List<double>();
        if (kind == "adam")
            Adam.Minimize(point, Valley, Range, 0.05, evaluations, places);
        else
            Lbfgs.Minimize(point, Valley, Range, 4, evaluations, places: places);
        return values;

        double Valley(ReadOnlySpan<float> x, Span<float> gradient)
        {
            if (values.Count == stopAfter)
                throw new OperationCanceledException();
            gradient.Clear();
            double value = 0;
            for (int i = 0; i + 1 < x.Length; i++)
            {
                double across = x[i + 1] - 1.2 * x[i] * x[i], along = 1.3 - x[i];
                value += 30 * across * across + along * along;
                gradient[i] += (float)(-144 * across * x[i] - 2 * along);
                gradient[i + 1] += (float)(60 * across);
            }
            values.Add(value);
            return value;
        }
    }

    private static SearchState Copy(SearchState state) =>
        state with { Arrays = state.Arrays.ToDictionary(array => array.Key, array => array.Value.ToArray()) };
}
