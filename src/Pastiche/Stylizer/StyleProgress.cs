using Pastiche.Imaging;

namespace Pastiche;

/// <summary>How far a repainting has come.</summary>
/// <param name="Iteration">Steps made so far, from 1: evaluations of the loss (gatys) or levels (universal).</param>
/// <param name="Iterations">Steps to make.</param>
/// <param name="Loss">The total loss of this evaluation; <c>null</c> from an engine that optimises nothing.</param>
/// <param name="Terms">
/// The weighted parts of the loss by name: <c>content relu4_2</c>, <c>style relu1_1</c>, <c>total variation</c>; empty without a loss.
/// </param>
/// <param name="Elapsed">Time since the engine started, reading content and style included.</param>
/// <param name="Remaining">Estimated time to the end; <c>null</c> before there is ground for an estimate.</param>
/// <param name="Snapshot">Gives the best picture, or without a loss the last, reached so far; call it only while the report is being handled, on the thread that reports.</param>
public sealed record StyleProgress(
    int Iteration,
    int Iterations,
    double? Loss,
    IReadOnlyDictionary<string, double> Terms,
    TimeSpan Elapsed,
    TimeSpan? Remaining,
    Func<Picture> Snapshot);

/// <summary>What a repainting gave.</summary>
/// <param name="Picture">The repainted photograph, with the content's transparency and colour profile.</param>
/// <param name="Losses">The total loss of every evaluation, in order; empty from an engine that optimises nothing.</param>
/// <param name="Completed">False when it was cancelled; the picture is then the best one reached.</param>
/// <param name="Run">How it was made: for traces and support.</param>
public sealed record StyleResult(Picture Picture, IReadOnlyList<double> Losses, bool Completed, RunRecord Run)
{
    /// <summary>Steps made: evaluations of the loss, or levels. 0: the picture is where the run started.</summary>
    public int Iterations { get; init; } = Losses.Count;

    /// <summary>The area that no region covers, in pixels; 0 when all of the picture belongs to regions or there are none.</summary>
    public long UncoveredPixels { get; init; }

    /// <summary>Why the last checkpoint could not be written; <c>null</c>: it could, or there was none to write.</summary>
    public Exception? CheckpointFailure { get; init; }

    /// <summary>What the user should know, one line each: what no region covers, what was too small for a layer, what may differ from an uninterrupted run.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
}

/// <summary>The circumstances of a run, besides its settings.</summary>
/// <param name="Version">The library's version.</param>
/// <param name="InstructionSet">The vector path: <c>Vector512</c>, <c>Vector256</c> or <c>Vector128</c>.</param>
/// <param name="Threads">Threads used.</param>
/// <param name="Model">The model's name or file name.</param>
/// <param name="ModelSha256">The SHA-256 of its weights file, lower-case hex.</param>
/// <param name="Elapsed">Wall time of the whole run.</param>
public sealed record RunRecord(
    string Version, string InstructionSet, int Threads, string Model, string ModelSha256, TimeSpan Elapsed);
