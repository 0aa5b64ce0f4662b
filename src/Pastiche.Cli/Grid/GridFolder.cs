using Pastiche.Cli.Options;
using Pastiche.Grids;

namespace Pastiche.Cli.Grid;

/// <summary>Checks the folder of a grid before any work is done.</summary>
internal static class GridFolder
{
    /// <summary>Why a grid cannot be written there; one line each.</summary>
    /// <param name="folder">The folder; it need not be there, but the one that it is to be in.</param>
    /// <param name="inputs">The files that the grid is made of, which it must not write over.</param>
    public static IEnumerable<string> Problems(string folder, IReadOnlyList<string> inputs)
    {
        if (File.Exists(folder))
            return [$"--output '{folder}' is a file, not a folder"];
        if (!Directory.Exists(folder))
        {
            string? reason = WritableFile.WhyNot(Path.TrimEndingDirectorySeparator(folder));
            return reason is null ? [] : [$"--output '{folder}' cannot be made: {reason}"];
        }

        var taken = new TakenFiles();
        foreach (string input in inputs)
            taken.AddInput(input, "a picture of the grid's");
        string sheet = Path.Combine(folder, GridRun.SheetName), page = Path.Combine(folder, GridRun.PageName);
        return new[] { sheet, page }
            .Select(file => WritableFile.WhyNot(file) is { } reason ? $"--output would write '{file}', which cannot be: {reason}" : null)
            .Append(taken.Clash("--output", sheet, "the sheet"))
            .Append(taken.Clash("--output", page, "the page"))
            .OfType<string>();
    }
}
