using System.Globalization;
using Pastiche.Training;

namespace Pastiche.Cli.Train;

/// <summary>
/// Tells of a training: a line every few steps, with the means since the last one, since single batches say little. It is called
/// on the training's own thread.
/// </summary>
internal sealed class TrainingReport(TextWriter output) : IProgress<TrainingProgress>
{
    private const int StepsPerLine = 50;

    private readonly List<TrainingProgress> _steps = [];

    public void Report(TrainingProgress value)
    {
        _steps.Add(value);
        if (value.Step % StepsPerLine != 0 && value.Step != value.Steps && value.Step != 1)
            return;
        string judgement = double.IsNaN(value.Perceptual) ? "" : Text($", judged {_steps.Average(step => step.Perceptual):0.000}");
        string unexplained = value.Unexplained.All(double.IsNaN) ? "" : $", unexplained {Means(step => step.Unexplained, "0.000")}";
        output.WriteLine(Text(
            $"step {value.Step} of {value.Steps}: decoded {Means(step => step.Decibels, "0.0")} dB{unexplained}{judgement}, {value.PicturesPerSecond:0.0} pictures/s, {Left(value.TimeLeft)} left"));
        _steps.Clear();
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static string Left(TimeSpan time) => time.TotalHours >= 1
        ? Text($"{(int)time.TotalHours} h {time.Minutes} min")
        : Text($"{time.Minutes} min {time.Seconds} s");

    private string Means(Func<TrainingProgress, IReadOnlyList<double>> values, string format)
    {
        return string.Join(' ', Enumerable.Range(0, values(_steps[0]).Count).Select(i => Mean(i)));

        // What a stage does not look at is no number.
        string Mean(int i)
        {
            double mean = _steps.Average(step => values(step)[i]);
            return double.IsNaN(mean) ? "-" : mean.ToString(format, CultureInfo.InvariantCulture);
        }
    }
}
