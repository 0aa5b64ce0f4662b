namespace Pastiche.Optimizers;

/// <summary>What a search has reached between two of its steps, and all that the next one depends on.</summary>
/// <param name="Evaluations">Evaluations spent.</param>
/// <param name="Arrays">Vectors by name, each as long as the point.</param>
/// <param name="Numbers">Numbers by name.</param>
internal sealed record SearchState(int Evaluations, IReadOnlyDictionary<string, float[]> Arrays, IReadOnlyDictionary<string, double> Numbers)
{
    /// <summary>Nothing yet.</summary>
    public static SearchState Empty { get; } = new(0, new Dictionary<string, float[]>(), new Dictionary<string, double>());
}

/// <summary>Where a search begins in the middle, and who hears of the places at which it could.</summary>
/// <param name="From">What an earlier search of the same function reached; <c>null</c>: it begins at the beginning.</param>
/// <param name="Reached">
/// Hears of every place between two steps, with what gives the state there: its arrays are those of the search itself, and right until
/// the next place, even when the function is left by an exception before.
/// </param>
internal sealed record SearchPlaces(SearchState? From, Action<Func<SearchState>> Reached);
