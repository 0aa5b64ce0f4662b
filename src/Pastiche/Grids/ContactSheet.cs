using Pastiche.Imaging;

namespace Pastiche.Grids;

/// <summary>What stands above a column or beside a row of a sheet.</summary>
/// <param name="Lines">The words; long ones are broken.</param>
/// <param name="Picture">A picture below them.</param>
public sealed record SheetHeading(IReadOnlyList<string> Lines, Picture? Picture = null);

/// <summary>A cell of a sheet.</summary>
/// <param name="Picture">Its picture; <c>null</c> leaves a grey space.</param>
/// <param name="Caption">What stands below it; long words are broken.</param>
public sealed record SheetCell(Picture? Picture, string Caption = "");

/// <summary>
/// Pictures in rows and columns on white, with title, headings and captions. Text is drawn by the library itself, so that no font
/// need be installed; letters with marks lose them, and whatever is not Latin becomes a frame.
/// </summary>
/// <example><code>PictureFile.Write(new ContactSheet { Cells = [[new(first), new(second, "alpha=1")]] }.Draw(), "sheet.png");</code></example>
public sealed class ContactSheet
{
    private const int Gap = 8;

    private static readonly TextStyle TitleStyle = new(2.5, 0.1f), TextStyle = new(1.75, 0.2f);

    /// <summary>The lines above all.</summary>
    public IReadOnlyList<string> Title { get; init; } = [];

    /// <summary>The columns' headings; none, or one for each column.</summary>
    public IReadOnlyList<SheetHeading> Columns { get; init; } = [];

    /// <summary>The rows' headings; none, or one for each row.</summary>
    public IReadOnlyList<SheetHeading> Rows { get; init; } = [];

    /// <summary>The cells by row; a row may be shorter than others.</summary>
    public required IReadOnlyList<IReadOnlyList<SheetCell>> Cells { get; init; }

    /// <summary>The longest side of a cell's picture in pixels; larger ones are shrunk.</summary>
    public int CellSide { get; init; } = 256;

    /// <summary>Draws the sheet.</summary>
    public Picture Draw()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(CellSide, 16, nameof(CellSide));
        Block[][] cells = [.. Cells.Select(row => row.Select(cell => Block.Of(cell, CellSide)).ToArray())];
        int columns = Math.Max(Columns.Count, cells.Max(row => row.Length));
        int headingSide = CellSide / 2;
        Block[] above = [.. Columns.Select(heading => Block.Of(heading, headingSide))];
        Block[] beside = [.. Rows.Select(heading => Block.Of(heading, headingSide))];

        int[] widths = [.. Enumerable.Range(0, columns).Select(column => cells
            .Where(row => column < row.Length).Select(row => row[column])
            .Concat(above.Skip(column).Take(1)).Max(block => block.Width))];
        int[] heights = [.. cells.Select((row, index) => row.Concat(beside.Skip(index).Take(1)).Max(block => block.Height))];
        int left = Gap + beside.Select(block => block.Width + Gap).DefaultIfEmpty(0).Max();
        int width = left + widths.Sum(column => column + Gap);
        IReadOnlyList<string> title = TitleStyle.Wrap(Title, width - 2 * Gap);
        int top = Gap + title.Count * TitleStyle.LineHeight + (title.Count > 0 ? Gap : 0);
        int headings = above.Select(block => block.Height + Gap).DefaultIfEmpty(0).Max();

        var canvas = new SheetCanvas(width, top + headings + heights.Sum(row => row + Gap), paper: 1);
        for (int line = 0; line < title.Count; line++)
            canvas.Write(title[line], Gap, Gap + line * TitleStyle.LineHeight, TitleStyle);
        DrawRow(canvas, above, widths, left, top);
        top += headings;
        for (int row = 0; row < cells.Length; row++)
        {
            if (row < beside.Length)
                beside[row].Draw(canvas, Gap, top);
            DrawRow(canvas, cells[row], widths, left, top);
            top += heights[row] + Gap;
        }
        return canvas.ToPicture();
    }

    private static void DrawRow(SheetCanvas canvas, Block[] blocks, int[] widths, int left, int top)
    {
        for (int column = 0; column < blocks.Length; column++)
        {
            blocks[column].Draw(canvas, left, top);
            left += widths[column] + Gap;
        }
    }

    /// <summary>A picture with text above or below it.</summary>
    private sealed record Block(Picture? Picture, IReadOnlyList<string> Lines, bool IsTextFirst, int Space)
    {
        private int PictureWidth => Picture?.Width ?? Space;

        private int PictureHeight => Picture?.Height ?? Space;

        private int TextHeight => Lines.Count * TextStyle.LineHeight;

        public int Width => Lines.Select(TextStyle.WidthOf).Append(PictureWidth).Max();

        public int Height => PictureHeight + TextHeight;

        // Captions are as wide as the picture, so that columns stay together; the narrowest pictures get what a word needs.
        public static Block Of(SheetCell cell, int side)
        {
            Picture? picture = Fit(cell.Picture, side);
            IEnumerable<string> texts = cell.Caption.Length == 0 ? [] : [cell.Caption];
            return new Block(picture, TextStyle.Wrap(texts, Math.Max(picture?.Width ?? side, side / 2)), false, side);
        }

        public static Block Of(SheetHeading heading, int side) =>
            new(Fit(heading.Picture, side), TextStyle.Wrap(heading.Lines, Math.Max(side, 128)), true, 0);

        public void Draw(SheetCanvas canvas, int left, int top)
        {
            int pictureTop = IsTextFirst ? top + TextHeight : top, textTop = IsTextFirst ? top : top + PictureHeight;
            if (Picture is not null)
                canvas.Paste(Picture, left, pictureTop);
            else if (Space > 0)
                canvas.Fill(left, pictureTop, Space, Space, 0.92f);
            for (int line = 0; line < Lines.Count; line++)
                canvas.Write(Lines[line], left, textTop + line * TextStyle.LineHeight, TextStyle);
        }

        private static Picture? Fit(Picture? picture, int side)
        {
            if (picture is null || Math.Max(picture.Width, picture.Height) <= side)
                return picture;
            (int width, int height) = Resampling.FitLongSide(picture.Width, picture.Height, side);
            return Resampling.Resize(picture, width, height);
        }
    }
}
