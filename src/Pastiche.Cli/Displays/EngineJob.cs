using Pastiche.Cli.Recording;
using Pastiche.Engines;
using Pastiche.Imaging;

namespace Pastiche.Cli.Displays;

/// <summary>One picture to make.</summary>
/// <param name="Engine">The engine that makes it.</param>
/// <param name="Steps">Steps that were asked for: iterations or levels.</param>
/// <param name="Heading">The line before its progress.</param>
/// <param name="Output">The file to write.</param>
/// <param name="Records">What else is written.</param>
internal sealed record EngineJob(EngineKind Engine, int Steps, string Heading, string Output, RunRecords Records)
{
    /// <summary>What a step is called.</summary>
    public string StepName => Engine == EngineKind.Universal ? "level" : "iteration";

    /// <summary>Whether Ctrl-C keeps what the picture has become so far.</summary>
    public bool KeepsUnfinished { get; init; } = true;

    /// <summary>The picture to write of a result.</summary>
    public Func<StyleResult, Picture> PictureOf { get; init; } = result => result.Picture;

    /// <summary>What is worth knowing of a result; null: nothing.</summary>
    public Func<StyleResult, string?> NoteOf { get; init; } = _ => null;
}
