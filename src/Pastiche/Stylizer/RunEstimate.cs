namespace Pastiche;

/// <summary>
/// About how long a run by optimisation takes, before it starts. A progress that is an <c>IProgress&lt;RunEstimate&gt;</c> besides is told; a
/// few evaluations of small pictures are timed for that, on this machine, with these settings. Nobody is told of a run that goes on from a
/// checkpoint.
/// </summary>
/// <param name="Time">The time of all evaluations, as busy as the machine is now.</param>
/// <param name="Iterations">Evaluations, over all sizes.</param>
/// <param name="Sizes">Sizes that the run goes through.</param>
public sealed record RunEstimate(TimeSpan Time, int Iterations, int Sizes);
