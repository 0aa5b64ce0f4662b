namespace Pastiche.Cli.Paint;

/// <summary>A photograph to repaint and the files that come of it.</summary>
/// <param name="Photo">The photograph's file.</param>
/// <param name="Output">The result's file; null when the command line does not name one.</param>
/// <param name="Trace">The trace's file; null: none.</param>
internal sealed record PhotoTarget(string Photo, string? Output, string? Trace);
