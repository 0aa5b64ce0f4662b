using Pastiche.Grids;

namespace Pastiche.Cli.Recording;

/// <summary>The loss and its parts over the evaluations, as a chart.</summary>
internal sealed class LossPlot(string path) : RunFile(OptionName, path, "the plot")
{
    /// <summary>The option that asks for it.</summary>
    public const string OptionName = "--plot";

    private const string Total = "total";

    private readonly OrderedDictionary<string, List<(int Iteration, double Value)>> _curves = [];

    /// <inheritdoc/>
    public override void Add(StyleProgress progress)
    {
        if (progress.Loss is not { } loss)
            return;
        Add(Total, progress.Iteration, loss);
        foreach ((string name, double value) in progress.Terms)
            Add(name, progress.Iteration, value);
    }

    /// <inheritdoc/>
    public override void Write(StyleResult result) =>
        new LossChart([.. _curves.Select(curve => new LossCurve(curve.Key, curve.Value))]).Write(Path);

    private void Add(string name, int iteration, double value)
    {
        if (!_curves.TryGetValue(name, out List<(int, double)>? curve))
            _curves.Add(name, curve = []);
        curve.Add((iteration, value));
    }
}
