using Pastiche.Settings;

namespace Pastiche.Grids;

/// <summary>One picture of a grid: what to paint and where it stands.</summary>
/// <param name="Row">Its row, from 0.</param>
/// <param name="Column">Its column, from 0.</param>
/// <param name="Content">The photograph.</param>
/// <param name="Style">The painting.</param>
/// <param name="Varied">The settings in which it differs from other cells.</param>
/// <param name="Request">All that is to be done.</param>
public sealed record GridCell(
    int Row, int Column, GridPicture Content, GridPicture Style, StyleSettings Varied, StyleTransferRequest Request)
{
    /// <summary>The file of the picture to start from, if that is one.</summary>
    public string? InitFile { get; init; }

    /// <summary>The settings that are varied: <c>engine=gatys style-weight=100</c>.</summary>
    public string Settings => string.Join(' ', Varied.Given.Select(setting => $"{setting.Key}={Varied[setting.Key]}"));

    /// <summary>The cell in words: <c>dogs x swirls, style-weight=100</c>.</summary>
    public string Caption => $"{Content.Label} x {Style.Label}" + (Settings.Length == 0 ? "" : $", {Settings}");

    /// <summary>The command that paints the same picture.</summary>
    public string Command => PaintCommandLine.Of(this);
}
