using System.Globalization;
using Pastiche.Models;
using Spectre.Console;

namespace Pastiche.Cli.Models;

/// <summary>
/// What <c>pastiche models</c> writes. Plain lines, so that they can be searched and cut; only progress is drawn, on standard error
/// and only if that is a terminal.
/// </summary>
internal sealed class ModelsOutput(CommandConsole console)
{
    private const int HashDigits = 12;

    private TextWriter Out => console.Output;

    /// <summary>Runs a step with a progress bar, or with one line a step when the output is no terminal.</summary>
    public async Task<ModelListing> WithProgressAsync(Func<IProgress<ModelProgress>, Task<ModelListing>> work)
    {
        if (console.Terminal is null)
            return await work(new LineProgress(console.Error)).ConfigureAwait(false);
        return await console.Terminal.Progress()
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new DownloadedColumn(), new RemainingTimeColumn())
            .StartAsync(context => work(new BarProgress(context)))
            .ConfigureAwait(false);
    }

    /// <summary>Says where a model is now.</summary>
    public void Stored(ModelListing model) =>
        Out.WriteLine($"{model.Name} is {(model.IsBuiltIn ? "built in" : $"at {model.Path}")} ({Size(model.Size)}, input {model.Input ?? "unknown"}, SHA-256 {model.Sha256 ?? "not recorded"})");

    /// <summary>Writes one line a model.</summary>
    public void List(IReadOnlyList<ModelListing> models)
    {
        string[] titles = ["NAME", "STATE", "SIZE", "INPUT", "LICENCE", "SHA-256", "WHERE"];
        List<string[]> rows = [titles, .. models.Select(Row)];
        int[] widths = [.. titles.Select((_, column) => rows.Max(row => row[column].Length))];
        foreach (string[] row in rows)
            Out.WriteLine(string.Join("  ", row.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd());
    }

    /// <summary>Writes one line a check.</summary>
    public void Verified(IReadOnlyList<ModelCheck> checks)
    {
        foreach (ModelCheck check in checks)
            Out.WriteLine($"{check.Health.ToString().ToLowerInvariant(),-10}  {check.Name}  {check.Path ?? "built in"}: {check.Detail}");
    }

    /// <summary>Bytes for people.</summary>
    public static string Size(long? bytes) => bytes switch
    {
        null => "-",
        < 1_000_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e3:0.0} kB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:0.0} MB"),
    };

    private static string[] Row(ModelListing model) =>
    [
        model.Name,
        model.IsBuiltIn ? "built-in" : model.IsInstalled ? "installed" : "available",
        Size(model.Size),
        model.Input ?? "-",
        model.Licence ?? "-",
        model.Sha256?[..HashDigits] ?? "-",
        model.IsBuiltIn ? $"part of pastiche; {model.Attribution}" : model.Path ?? $"pastiche models pull {model.Name}",
    ];
}
