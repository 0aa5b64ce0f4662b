using Pastiche.Models;

namespace Pastiche.Cli.Models;

/// <summary>Progress for logs: one line when a step begins, and one for each tenth of a download.</summary>
internal sealed class LineProgress(TextWriter output) : IProgress<ModelProgress>
{
    private const int Tenths = 10;

    private (ModelStep Step, string Source)? _current;
    private long _tenth;

    /// <inheritdoc/>
    public void Report(ModelProgress value)
    {
        if (_current != (value.Step, value.Source))
        {
            _current = (value.Step, value.Source);
            _tenth = 0;
            output.WriteLine($"{value.Step.ToString().ToLowerInvariant()} {value.Source}{(value.Total is { } total ? $" ({ModelsOutput.Size(total)})" : "")}");
        }
        if (value.Step != ModelStep.Downloading || value.Total is not > 0)
            return;
        long now = value.Bytes * Tenths / value.Total.Value;
        if (now > _tenth)
        {
            _tenth = now;
            output.WriteLine($"downloading {now * 100 / Tenths} % ({ModelsOutput.Size(value.Bytes)})");
        }
    }
}
