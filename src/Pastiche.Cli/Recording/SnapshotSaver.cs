using System.Globalization;
using Pastiche.Imaging;

namespace Pastiche.Cli.Recording;

/// <summary>Writes the best picture so far after every so many iterations: <c>out-0010.png</c> beside <c>out.png</c>.</summary>
/// <param name="output">The result's file.</param>
/// <param name="every">Iterations between snapshots.</param>
/// <param name="iterations">Iterations of the whole run.</param>
/// <param name="write">Writes a picture.</param>
internal sealed class SnapshotSaver(string output, int every, int iterations, Action<Picture, string> write)
{
    private const int FewestDigits = 4;

    private readonly int _digits = Math.Max(FewestDigits, iterations.ToString(CultureInfo.InvariantCulture).Length);

    /// <summary>All files that a whole run writes.</summary>
    public IEnumerable<string> Files => Enumerable.Range(1, iterations / every).Select(number => FileOf(number * every));

    /// <summary>Why snapshots are no longer written. A run is not thrown away for a snapshot that fails.</summary>
    public Exception? Failure { get; private set; }

    /// <summary>Writes a snapshot when it is time.</summary>
    public void Save(StyleProgress progress)
    {
        if (Failure is not null || progress.Iteration % every != 0)
            return;
        try
        {
            write(progress.Snapshot(), FileOf(progress.Iteration));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or InvalidInputException)
        {
            Failure = exception;
        }
    }

    private string FileOf(int iteration)
    {
        string number = iteration.ToString("D" + _digits, CultureInfo.InvariantCulture);
        return Path.Combine(
            Path.GetDirectoryName(output) ?? "", $"{Path.GetFileNameWithoutExtension(output)}-{number}{Path.GetExtension(output)}");
    }
}
