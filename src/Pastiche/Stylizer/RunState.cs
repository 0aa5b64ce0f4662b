using Pastiche.Engines;

namespace Pastiche;

/// <summary>What a run from coarse to fine has reached between two steps of its search.</summary>
/// <param name="Scale">The size that is being worked at, from 0.</param>
/// <param name="Gatys">What was reached there.</param>
/// <param name="Losses">The total loss of every evaluation so far.</param>
/// <param name="Elapsed">The time that it took.</param>
internal sealed record RunState(int Scale, GatysState Gatys, IReadOnlyList<double> Losses, TimeSpan Elapsed);

/// <summary>Which run a checkpoint is of, and what made it.</summary>
/// <param name="Fingerprint">A hash of all that the picture depends on.</param>
/// <param name="Version">The library's version.</param>
/// <param name="InstructionSet">The vector path.</param>
/// <param name="Note">The caller's text.</param>
internal sealed record RunOrigin(string Fingerprint, string Version, string InstructionSet, string? Note);
