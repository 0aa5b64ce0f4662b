using Pastiche.Models;
using Spectre.Console;

namespace Pastiche.Cli.Models;

/// <summary>Progress for terminals: one bar a step.</summary>
internal sealed class BarProgress(ProgressContext context) : IProgress<ModelProgress>
{
    private (ModelStep Step, string Source)? _current;
    private ProgressTask? _bar;

    /// <inheritdoc/>
    public void Report(ModelProgress value)
    {
        if (_bar is null || _current != (value.Step, value.Source))
        {
            _bar?.StopTask();
            _current = (value.Step, value.Source);
            _bar = context.AddTask(Markup.Escape($"{value.Step.ToString().ToLowerInvariant()} {Path.GetFileName(value.Source)}"));
        }
        _bar.IsIndeterminate = value.Total is null;
        _bar.MaxValue = value.Total ?? Math.Max(1, value.Bytes);
        _bar.Value = value.Bytes;
    }
}
