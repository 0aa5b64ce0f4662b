using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Pastiche.Cli.Options;
using Pastiche.Compute;
using Pastiche.Engines;
using Pastiche.Imaging;
using Pastiche.Transforms;

namespace Pastiche.Cli.Recording;

/// <summary>How a picture was made: the content of a trace file.</summary>
/// <param name="CommandLine">The words of the command line.</param>
/// <param name="Content">The photograph; null for a texture.</param>
/// <param name="Styles">The paintings.</param>
/// <param name="Regions">Which painting goes where; null without regions.</param>
/// <param name="Result">What came out.</param>
/// <param name="Settings">All settings as they were in effect: <see cref="TracedSettings"/> or <see cref="TracedTextureSettings"/>.</param>
/// <param name="Environment">What ran, and on what.</param>
/// <param name="Evaluations">Every evaluation of the loss, or every level.</param>
internal sealed record RunTrace(
    IReadOnlyList<string> CommandLine,
    string? Content,
    IReadOnlyList<StyleArgument> Styles,
    RegionArguments? Regions,
    TracedResult Result,
    object Settings,
    TracedEnvironment Environment,
    IReadOnlyList<TracedEvaluation> Evaluations)
{
    /// <summary>Writes the trace as JSON; the file is complete or untouched.</summary>
    public void Write(string path) => AtomicFile.Write(
        AtomicFile.FollowLinks(path), stream => JsonSerializer.Serialize(stream, this, RunTraceJson.Readable.RunTrace));
}

/// <summary>What came out.</summary>
/// <param name="File">The result's file.</param>
/// <param name="Width">Its width in pixels.</param>
/// <param name="Height">Its height in pixels.</param>
/// <param name="Completed">False when the run was cancelled.</param>
/// <param name="ElapsedSeconds">Wall time of the run.</param>
internal sealed record TracedResult(string File, int Width, int Height, bool Completed, double ElapsedSeconds);

/// <summary>All settings of a repainting as they were in effect.</summary>
/// <param name="Engine">The engine.</param>
/// <param name="Preset">The preset that gave the defaults; null: none.</param>
/// <param name="Size">Long side of the result in pixels.</param>
/// <param name="StyleSize">Long side of the paintings in pixels.</param>
/// <param name="Colors">Whose colours the result has.</param>
/// <param name="Init">Where the optimisation started.</param>
/// <param name="InitFile">The picture that it started from, if any.</param>
/// <param name="Seed">Seed of all randomness.</param>
/// <param name="Gatys">The settings of optimisation; null when another engine ran.</param>
/// <param name="Universal">The settings of the universal engine; null when another engine ran.</param>
internal sealed record TracedSettings(
    EngineKind Engine,
    string? Preset,
    int Size,
    int StyleSize,
    string Colors,
    InitKind Init,
    string? InitFile,
    int Seed,
    GatysOptions? Gatys,
    UniversalOptions? Universal);

/// <summary>All settings of a texture as they were in effect.</summary>
/// <param name="Engine">The engine.</param>
/// <param name="Width">Width of the texture in pixels.</param>
/// <param name="Height">Its height.</param>
/// <param name="StyleSize">Long side of the paintings in pixels.</param>
/// <param name="IsSeamless">Whether it tiles.</param>
/// <param name="Seed">Seed of the noise.</param>
/// <param name="Passes">How often the universal engine went through all levels; null when another engine ran.</param>
/// <param name="Gatys">The settings of optimisation; null when another engine ran.</param>
/// <param name="Universal">The settings of the universal engine; null when another engine ran.</param>
internal sealed record TracedTextureSettings(
    EngineKind Engine,
    int Width,
    int Height,
    int StyleSize,
    bool IsSeamless,
    int Seed,
    int? Passes,
    GatysOptions? Gatys,
    UniversalOptions? Universal);

/// <summary>What ran, and on what.</summary>
internal sealed record TracedEnvironment(
    string Pastiche,
    string DotNet,
    string OperatingSystem,
    string Architecture,
    int Processors,
    string InstructionSet,
    int Threads,
    string Model,
    string ModelSha256);

/// <summary>One evaluation of the loss, or one level.</summary>
/// <param name="Iteration">Its number, from 1.</param>
/// <param name="Loss">The total; null without a loss.</param>
/// <param name="Terms">The weighted parts.</param>
/// <param name="ElapsedSeconds">Time since the first evaluation began.</param>
internal sealed record TracedEvaluation(int Iteration, double? Loss, IReadOnlyDictionary<string, double> Terms, double ElapsedSeconds);

/// <summary>Writes traces without reflection.</summary>
[JsonSerializable(typeof(RunTrace))]
[JsonSerializable(typeof(TracedSettings))]
[JsonSerializable(typeof(TracedTextureSettings))]
internal sealed partial class RunTraceJson : JsonSerializerContext
{
    /// <summary>Indented, with settings spelt as on the command line; a loss that diverged is <c>"NaN"</c>.</summary>
    public static RunTraceJson Readable { get; } = new(new JsonSerializerOptions
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // a file, never a part of a web page
        Converters =
        {
            new JsonStringEnumConverter<OptimizerKind>(JsonNamingPolicy.CamelCase),
            new JsonStringEnumConverter<PoolingKind>(JsonNamingPolicy.CamelCase),
            new JsonStringEnumConverter<InitKind>(JsonNamingPolicy.CamelCase),
            new JsonStringEnumConverter<EngineKind>(JsonNamingPolicy.CamelCase),
            new JsonStringEnumConverter<TransformKind>(JsonNamingPolicy.CamelCase),
        },
    });
}
