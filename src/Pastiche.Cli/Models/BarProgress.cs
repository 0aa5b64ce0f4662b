using Pastiche.Models;
using Spectre.Console;

namespace Pastiche.Cli.Models;

/// <summary>Progress for terminals: one bar a step.</summary>
internal sealed class BarProgress(ProgressContext context) : IProgress<ModelProgress>
{
    private (ModelStep Step, string Source)? current;
    private ProgressTask? bar;

    /// <inheritdoc/>
    public void Report(ModelProgress value)
    {
        if (bar is null || current != (value.Step, value.Source))
        {
            bar?.StopTask();
            current = (value.Step, value.Source);
            bar = context.AddTask(Markup.Escape($"{value.Step.ToString().ToLowerInvariant()} {Path.GetFileName(value.Source)}"));
        }
        bar.IsIndeterminate = value.Total is null;
        bar.MaxValue = value.Total ?? Math.Max(1, value.Bytes);
        bar.Value = value.Bytes;
    }
}
