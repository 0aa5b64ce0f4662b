namespace Pastiche.Cli.Displays;

/// <summary>Shows how a run goes on.</summary>
internal interface IProgressDisplay
{
    /// <summary>Does the work and shows what it reports.</summary>
    /// <param name="work">The work; it is given what it reports to, on its own thread.</param>
    T Show<T>(Func<Action<StyleProgress>, T> work);
}

/// <summary>Shows nothing.</summary>
internal sealed class SilentDisplay : IProgressDisplay
{
    /// <inheritdoc/>
    public T Show<T>(Func<Action<StyleProgress>, T> work) => work(_ => { });
}

/// <summary>One line a step, for logs and pipes.</summary>
/// <param name="output">Where to.</param>
/// <param name="heading">Gives what comes before the first step; a request that is refused has none.</param>
internal sealed class LineDisplay(TextWriter output, Func<string> heading) : IProgressDisplay
{
    /// <inheritdoc/>
    public T Show<T>(Func<Action<StyleProgress>, T> work)
    {
        bool isFirst = true;
        return work(progress =>
        {
            if (isFirst)
                output.WriteLine(heading());
            isFirst = false;
            output.WriteLine(ProgressText.Line(progress));
        });
    }
}
