using Pastiche.Settings;

namespace Pastiche.Grids;

/// <summary>Every photograph in the style of every painting, with every combination of some settings' values.</summary>
/// <example>
/// <code>
/// GridPlan plan = GridPlan.Of(new GridRequest
/// {
///     Contents = [new GridPicture("dogs.jpg", dogs)],
///     Styles = [new GridPicture("swirls.jpg", swirls), new GridPicture("mosaic.jpg", mosaic)],
///     Axes = [GridAxis.Parse("style-weight=1,10,100")],
/// });
/// GridResult result = GridRun.Run(plan, "out");
/// </code>
/// </example>
public sealed record GridRequest
{
    /// <summary>The most cells of a grid.</summary>
    public const int MaxCells = 256;

    /// <summary>The photographs, at least one.</summary>
    public required IReadOnlyList<GridPicture> Contents { get; init; }

    /// <summary>The paintings, at least one.</summary>
    public required IReadOnlyList<GridPicture> Styles { get; init; }

    /// <summary>What is varied; nothing: one cell for each photograph and painting.</summary>
    public IReadOnlyList<GridAxis> Axes { get; init; } = [];

    /// <summary>Settings that all cells have in common; they win over a painting's own.</summary>
    public StyleSettings Settings { get; init; } = StyleSettings.Empty;

    /// <summary>What cells have that nothing else says; its photograph and paintings do not count.</summary>
    public StyleTransferRequest Template { get; init; } = new() { Content = null, Styles = [] };

    /// <summary>The file of <see cref="StyleTransferRequest.InitPicture"/>, for the commands that repeat cells.</summary>
    public string? InitFile { get; init; }
}
