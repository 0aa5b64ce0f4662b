using Pastiche.Optimizers;

namespace Pastiche.Engines;

/// <summary>One evaluation of the loss.</summary>
/// <param name="Evaluation">Its number, from 1.</param>
/// <param name="Loss">The total.</param>
/// <param name="Terms">The weighted parts by name.</param>
/// <param name="Best">The planes with the smallest loss so far; to be read at once, not kept.</param>
internal readonly record struct GatysStep(int Evaluation, double Loss, IReadOnlyDictionary<string, double> Terms, float[] Best);

/// <summary>What a run at one size has reached between two steps of its search.</summary>
/// <param name="Smallest">The smallest loss so far.</param>
/// <param name="Best">The planes that had it.</param>
/// <param name="Search">The search.</param>
internal sealed record GatysState(double Smallest, float[] Best, SearchState Search);

/// <summary>Where a run at one size begins in the middle, and who hears of the places at which it could: see <see cref="SearchPlaces"/>.</summary>
internal sealed record GatysPlaces(GatysState? From, Action<Func<GatysState>> Reached);
