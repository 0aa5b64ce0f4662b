using System.Globalization;
using Pastiche.Engines;
using Pastiche.Models;

namespace Pastiche.Cli.Displays;

/// <summary>Progress in words.</summary>
internal static class ProgressText
{
    /// <summary>For example <c>iteration 10/300  loss 1.234e+03  12.3 s left</c>, or <c>level 2/5  0.3 s left</c> without a loss.</summary>
    public static string Line(StyleProgress progress) => string.Create(
        CultureInfo.InvariantCulture,
        $"{Step(progress)}{Left(progress.Remaining)}");

    /// <summary>How long a run takes: <c>about 1 min 20 s for 300 iterations at 3 sizes</c>.</summary>
    public static string Estimate(RunEstimate estimate) =>
        $"about {Time(estimate.Time, wholeSeconds: true)} for {estimate.Iterations} iterations"
        + (estimate.Sizes > 1 ? $" at {estimate.Sizes} sizes" : "");

    /// <summary>Which model paints and why: <c>model: vgg19 (installed)</c>.</summary>
    /// <param name="model">The model's name or file.</param>
    /// <param name="isNamed">Whether the command line names it.</param>
    /// <param name="engine">What it is for.</param>
    public static string Model(string model, bool isNamed, EngineKind engine = EngineKind.Gatys)
    {
        string reason = isNamed ? "--model"
            : engine == EngineKind.Universal ? "built in"
            : model == ModelStore.BuiltInName ? $"built in; 'pastiche models pull {ModelSource.Vgg19.Name}' brings the larger one"
            : "installed";
        return $"model: {model} ({reason})";
    }

    private static string Step(StyleProgress progress) => progress.Loss is { } loss
        ? string.Create(CultureInfo.InvariantCulture, $"iteration {progress.Iteration}/{progress.Iterations}  loss {loss:0.000e+00}")
        : string.Create(CultureInfo.InvariantCulture, $"level {progress.Iteration}/{progress.Iterations}");

    /// <summary>Two blanks and the time left, or nothing.</summary>
    public static string Left(TimeSpan? remaining) => remaining is { } time ? $"  {Time(time)} left" : "";

    private static string Time(TimeSpan time, bool wholeSeconds = false) => time switch
    {
        { TotalSeconds: < 1 } when wholeSeconds => "1 s",
        { TotalMinutes: < 1 } => time.TotalSeconds.ToString(wholeSeconds ? "0" : "0.0", CultureInfo.InvariantCulture) + " s",
        { TotalHours: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{time.Minutes} min {time.Seconds:00} s"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalHours} h {time.Minutes:00} min"),
    };
}
