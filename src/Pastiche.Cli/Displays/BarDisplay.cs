using Spectre.Console;
using Spectre.Console.Rendering;

namespace Pastiche.Cli.Displays;

/// <summary>A progress bar that redraws itself; when the work ends, its last line of text stays.</summary>
/// <param name="console">The terminal.</param>
/// <param name="heading">Gives what stands above the bar once the first step is made; a request that is refused has none.</param>
/// <param name="cancellation">Once cancelled, the bar says that it is stopping.</param>
internal sealed class BarDisplay(IAnsiConsole console, Func<string> heading, CancellationToken cancellation) : IProgressDisplay
{
    // Drawing takes time from the computation, and an evaluation takes a good part of a second anyway.
    private static readonly TimeSpan RefreshRate = TimeSpan.FromMilliseconds(250);

    /// <inheritdoc/>
    public T Show<T>(Func<Action<StyleProgress>, T> work)
    {
        StyleProgress? last = null;
        T result = new Progress(console) { RefreshRate = RefreshRate, AutoClear = true }
            .Columns(new ProgressBarColumn(), new TextColumn(() => Text(Volatile.Read(ref last))))
            .Start(context =>
            {
                ProgressTask task = context.AddTask("paint").IsIndeterminate();
                return work(progress =>
                {
                    if (last is null)
                        console.WriteLine(heading());
                    Volatile.Write(ref last, progress);
                    task.IsIndeterminate(false).MaxValue(progress.Iterations).Value(progress.Iteration);
                });
            });
        if (last is not null)
            console.WriteLine(ProgressText.Line(last));
        return result;
    }

    private string Text(StyleProgress? progress) => (progress, cancellation.IsCancellationRequested) switch
    {
        (_, true) => "stopping; once more ends at once",
        (null, _) => "preparing",
        _ => ProgressText.Line(progress),
    };

    private sealed class TextColumn(Func<string> text) : ProgressColumn
    {
        protected override bool NoWrap => true;

        public override IRenderable Render(RenderOptions options, ProgressTask task, TimeSpan deltaTime) => new Text(text());
    }
}
