using System.Runtime.InteropServices;
using Pastiche.Engines;

namespace Pastiche.Cli.Paint;

/// <summary>Keeps what a trace tells about every evaluation until the run ends.</summary>
internal sealed class TraceRecorder
{
    private readonly List<TracedEvaluation> _evaluations = [];

    /// <summary>Keeps one evaluation.</summary>
    public void Add(StyleProgress progress) => _evaluations.Add(new TracedEvaluation(
        progress.Iteration, progress.Loss, new Dictionary<string, double>(progress.Terms), progress.Elapsed.TotalSeconds));

    /// <summary>Makes the trace.</summary>
    /// <param name="commandLine">The words of the command line.</param>
    /// <param name="arguments">What it asked for.</param>
    /// <param name="output">The result's file.</param>
    /// <param name="result">What came out.</param>
    public PaintTrace Finish(IReadOnlyList<string> commandLine, PaintArguments arguments, string output, StyleResult result) => new(
        commandLine,
        arguments.Content!,
        arguments.Styles,
        new TracedResult(
            output, result.Picture.Width, result.Picture.Height, result.Completed, result.Run.Elapsed.TotalSeconds),
        new TracedSettings(
            arguments.Engine,
            arguments.Preset,
            arguments.Size,
            arguments.StyleSize ?? arguments.Size,
            arguments.Init,
            arguments.InitFile,
            arguments.Seed,
            arguments.Engine == EngineKind.Gatys ? arguments.Gatys : null,
            arguments.Engine == EngineKind.Universal ? arguments.Universal : null),
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
