using Pastiche.Cli.Displays;
using Pastiche.Grids;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Pastiche.Cli.Grid;

/// <summary>Shows how a grid goes on.</summary>
internal interface IGridDisplay
{
    /// <summary>Does the work and shows what it reports.</summary>
    T Show<T>(Func<Action<GridProgress>, T> work);
}

/// <summary>Shows nothing.</summary>
internal sealed class SilentGridDisplay : IGridDisplay
{
    /// <inheritdoc/>
    public T Show<T>(Func<Action<GridProgress>, T> work) => work(_ => { });
}

/// <summary>One line a cell, for logs and pipes.</summary>
internal sealed class GridLineDisplay(TextWriter output) : IGridDisplay
{
    /// <inheritdoc/>
    public T Show<T>(Func<Action<GridProgress>, T> work) => work(progress =>
    {
        if (progress.Step is null && GridText.Line(progress) is { Length: > 0 } line)
            output.WriteLine(line);
    });
}

/// <summary>A bar that redraws itself; the lines of finished cells stay above it.</summary>
internal sealed class GridBarDisplay(IAnsiConsole console, CancellationToken cancellation) : IGridDisplay
{
    /// <inheritdoc/>
    public T Show<T>(Func<Action<GridProgress>, T> work)
    {
        GridProgress? last = null;
        return new Progress(console) { RefreshRate = TimeSpan.FromMilliseconds(250), AutoClear = true }
            .Columns(new ProgressBarColumn(), new TextColumn(() => Text(Volatile.Read(ref last))))
            .Start(context =>
            {
                ProgressTask task = context.AddTask("grid");
                return work(progress =>
                {
                    Volatile.Write(ref last, progress);
                    double part = progress.Step is { } step ? (double)step.Iteration / step.Iterations : 0;
                    task.MaxValue(progress.Pictures).Value(progress.Done + part);
                    if (progress.Step is null && GridText.Line(progress) is { Length: > 0 } line)
                        console.WriteLine(line);
                });
            });
    }

    private string Text(GridProgress? progress) => (progress, cancellation.IsCancellationRequested) switch
    {
        (_, true) => "stopping; once more ends at once",
        (null, _) => "preparing",
        _ => GridText.Line(progress) is { Length: > 0 } line ? line : "preparing",
    };

    private sealed class TextColumn(Func<string> text) : ProgressColumn
    {
        protected override bool NoWrap => true;

        public override IRenderable Render(RenderOptions options, ProgressTask task, TimeSpan deltaTime) => new Text(text());
    }
}
