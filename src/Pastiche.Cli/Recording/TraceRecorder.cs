using System.Runtime.InteropServices;
using Pastiche.Cli.Options;

namespace Pastiche.Cli.Recording;

/// <summary>What a trace tells of the command line.</summary>
/// <param name="CommandLine">Its words.</param>
/// <param name="Content">The photograph; null for a texture.</param>
/// <param name="Styles">The paintings.</param>
/// <param name="Settings"><see cref="TracedSettings"/> or <see cref="TracedTextureSettings"/>.</param>
internal sealed record TracedRequest(IReadOnlyList<string> CommandLine, string? Content, IReadOnlyList<StyleArgument> Styles, object Settings);

/// <summary>Keeps what a trace tells about every evaluation until the run ends.</summary>
internal sealed class TraceRecorder
{
    private readonly List<TracedEvaluation> _evaluations = [];

    /// <summary>Keeps one evaluation.</summary>
    public void Add(StyleProgress progress) => _evaluations.Add(new TracedEvaluation(
        progress.Iteration, progress.Loss, new Dictionary<string, double>(progress.Terms), progress.Elapsed.TotalSeconds));

    /// <summary>Makes the trace.</summary>
    /// <param name="request">What was asked for.</param>
    /// <param name="output">The result's file.</param>
    /// <param name="result">What came out.</param>
    public RunTrace Finish(TracedRequest request, string output, StyleResult result) => new(
        request.CommandLine,
        request.Content,
        request.Styles,
        new TracedResult(
            output, result.Picture.Width, result.Picture.Height, result.Completed, result.Run.Elapsed.TotalSeconds),
        request.Settings,
        new TracedEnvironment(
            result.Run.Version,
            RuntimeInformation.FrameworkDescription,
            RuntimeInformation.OSDescription,
            RuntimeInformation.ProcessArchitecture.ToString(),
            Environment.ProcessorCount,
            result.Run.InstructionSet,
            result.Run.Threads,
            result.Run.Model,
            result.Run.ModelSha256),
        _evaluations);
}
