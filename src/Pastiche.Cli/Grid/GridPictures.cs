using Pastiche.Grids;
using Pastiche.Imaging;

namespace Pastiche.Cli.Grid;

/// <summary>Reads the pictures of a grid.</summary>
/// <param name="services">Reads files.</param>
/// <param name="problems">Receives one line for each thing that is wrong or missing.</param>
internal sealed class GridPictures(CommandServices<StyleTransferRequest> services, List<string> problems)
{
    private readonly List<string> _files = [];

    /// <summary>The files that were named so far.</summary>
    public IReadOnlyList<string> Files => _files;

    /// <summary>Reads what an option names.</summary>
    public IReadOnlyList<GridPicture> Read(IReadOnlyList<string> files, string option)
    {
        if (files.Count == 0)
            problems.Add($"no picture; give {option} FILE");
        List<GridPicture> pictures = [];
        foreach (string file in files)
        {
            _files.Add(file);
            if (string.IsNullOrWhiteSpace(file))
                problems.Add($"{option} '{file}' names no file");
            else if (services.TryRead(file, problems) is { } picture)
                pictures.Add(new GridPicture(file, picture));
        }
        return pictures;
    }

    /// <summary>Paintings with the settings of the files beside them (<see cref="Preset.FileBeside"/>).</summary>
    public IReadOnlyList<GridPicture> WithSettings(IReadOnlyList<GridPicture> styles) => [.. styles.Select(style =>
    {
        string file = Preset.FileBeside(style.Name);
        return File.Exists(file) && Attempt.At(() => SettingsFile.Read(file), problems) is { } settings ? style with { Settings = settings } : style;
    })];
}
