using Pastiche.Engines;

namespace Pastiche.Cli.Displays;

/// <summary>One run of an engine as the user sees it: heading, progress, notes.</summary>
/// <param name="services">The library.</param>
/// <param name="console">Where progress and notes go.</param>
/// <param name="isQuiet">Whether there are none.</param>
internal sealed class EngineSession<TRequest>(CommandServices<TRequest> services, CommandConsole console, bool isQuiet)
{
    /// <summary>Runs the engine and shows how it goes on.</summary>
    /// <param name="request">What to do.</param>
    /// <param name="engine">The engine that it asks for.</param>
    /// <param name="isModelNamed">Whether the command line names the model.</param>
    /// <param name="report">Hears of every step as well, while the engine waits.</param>
    /// <param name="cancellation">Ctrl-C.</param>
    /// <returns>The result; <c>null</c> when the run was cancelled before there was anything to keep.</returns>
    public StyleResult? Run(
        TRequest request, EngineKind engine, bool isModelNamed, Action<StyleProgress> report, CancellationToken cancellation) =>
        Display(request, engine, isModelNamed, cancellation).Show(show => Run(
            request,
            progress =>
            {
                report(progress);
                show(progress);
            },
            cancellation));

    /// <summary>Says something that is worth knowing, unless the user wants to hear nothing.</summary>
    public void Note(string message)
    {
        if (!isQuiet)
            console.Complain(message);
    }

    /// <summary>Says which of its steps a run did not make, if there are any.</summary>
    /// <param name="result">What it made.</param>
    /// <param name="steps">Steps that were asked for.</param>
    /// <param name="stepName">What a step is called.</param>
    /// <param name="engine">The engine.</param>
    public void NoteWhatIsMissing(StyleResult result, int steps, string stepName, EngineKind engine)
    {
        if (!result.Completed)
            Note($"stopped after {result.Iterations} of {steps} {stepName}s");
        else if (result.Iterations < steps && engine == EngineKind.Universal)
            Note($"{steps - result.Iterations} of {steps} levels were left out: a picture is too small for them");
    }

    /// <summary>Writes the result, prints its name and says what is worth knowing of its regions.</summary>
    public void Write(StyleResult result, string output)
    {
        foreach (string note in result.Notes)
            Note(note);
        services.Write(result.Picture, output);
        if (!isQuiet)
            console.Output.WriteLine(output);
    }

    private StyleResult? Run(TRequest request, Action<StyleProgress> report, CancellationToken cancellation)
    {
        try
        {
            cancellation.ThrowIfCancellationRequested();
            StyleResult result = services.Run(request, new ImmediateProgress(report), cancellation);
            return result.Iterations == 0 ? null : result;
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return null;
        }
    }

    private IProgressDisplay Display(TRequest request, EngineKind engine, bool isModelNamed, CancellationToken cancellation)
    {
        if (isQuiet)
            return new SilentDisplay();
        string heading = ProgressText.Model(services.ModelOf(request), isModelNamed, engine);
        return console.Terminal is { } terminal
            ? new BarDisplay(terminal, heading, cancellation)
            : new LineDisplay(console.Error, heading);
    }

    /// <summary>Unlike <see cref="Progress{T}"/> it reports at once, while the engine waits: snapshots need that.</summary>
    private sealed class ImmediateProgress(Action<StyleProgress> report) : IProgress<StyleProgress>
    {
        public void Report(StyleProgress value) => report(value);
    }
}
