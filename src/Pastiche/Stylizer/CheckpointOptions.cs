using System.ComponentModel.DataAnnotations;

namespace Pastiche;

/// <summary>
/// Where a run of <see cref="Engines.EngineKind.Gatys"/> keeps what it needs to be continued. A run that finds the file goes on from there, and
/// gives to the bit the picture that it would have given without interruption (with the same instruction set, whatever the number of
/// threads). The file is replaced as a whole or not at all, and stays when the run is complete: delete it once the result is safe.
/// </summary>
/// <param name="File">The file: L-BFGS takes about 2.5 MB for 10,000 pixels, <see cref="Engines.GatysOptions.History"/> being 10.</param>
public sealed record CheckpointOptions(string File)
{
    /// <summary>Seconds between two checkpoints: what a power failure can cost. On cancellation there is one more.</summary>
    [Range(0.0, 86400.0)]
    public double Interval { get; init; } = 60;

    /// <summary>Any text that is to travel with the file, e.g. what was asked for; <see cref="NoteIn"/> reads it.</summary>
    public string? Note { get; init; }

    /// <summary>The text that travels with a checkpoint.</summary>
    /// <param name="file">The checkpoint.</param>
    /// <returns>The text; <c>null</c> when there is none.</returns>
    /// <exception cref="InvalidInputException">The file is no checkpoint, or damaged.</exception>
    public static string? NoteIn(string file) => CheckpointFile.ReadOrigin(file).Note;
}
