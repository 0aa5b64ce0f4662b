using Pastiche.Settings;

namespace Pastiche.Grids;

/// <summary>One photograph in the style of one painting, in a spread of settings that look most different from each other.</summary>
public static class Exploration
{
    /// <summary>Long side of the pictures when nothing else is asked for.</summary>
    public const int Size = 256;

    private const int Columns = 4;

    // Row by row: strength of the passes; which depths take part and how; size of the strokes; optimisation; the photograph's colours.
    private static readonly string[] Spread =
    [
        "engine=universal levels=4,3,2,1 alpha=0.2",
        "engine=universal levels=4,3,2,1 alpha=0.5",
        "engine=universal levels=4,3,2,1 alpha=1",
        "engine=universal alpha=0.6",

        "engine=universal levels=2,1 alpha=1",
        "engine=universal levels=3,2,1 alpha=0.7",
        "engine=universal transform=adain alpha=1",
        "engine=universal transform=ot levels=4,3,2,1 alpha=0.8",

        "engine=universal levels=4,3,2,1 alpha=0.6 style-size=HALF",
        "engine=universal levels=4,3,2,1 alpha=0.6 style-size=DOUBLE",
        "engine=gatys iterations=100 style-weight=20 style-size=HALF",
        "engine=gatys iterations=100 style-weight=20 style-size=DOUBLE",

        "engine=gatys iterations=100 style-weight=0.2",
        "engine=gatys iterations=100 style-weight=50",
        "engine=gatys iterations=100 style-weight=20 style-layers=relu1_1,relu2_1",
        "engine=gatys iterations=150 style-weight=20 init=noise",

        "engine=universal levels=4,3,2,1 alpha=0.8 colors=content-luminance",
        "engine=universal levels=4,3,2,1 alpha=0.8 colors=content-covariance",
        "engine=gatys iterations=60 style-weight=50 colors=content-luminance",
        "engine=gatys iterations=60 style-weight=50 colors=content-covariance",
    ];

    /// <summary>Lays the spread out.</summary>
    /// <param name="content">The photograph.</param>
    /// <param name="style">The painting.</param>
    /// <param name="template">What all cells have in common, e.g. size, model and seed; the spread's own settings win.</param>
    public static GridPlan Plan(GridPicture content, GridPicture style, StyleTransferRequest template)
    {
        ArgumentNullException.ThrowIfNull(content);
        ArgumentNullException.ThrowIfNull(style);
        ArgumentNullException.ThrowIfNull(template);
        StyleSettings[] spread = [.. Spread.Select(text => SettingsOf(text, template.StyleSize ?? template.Size))];
        return new GridPlan(
            $"{content.Label} x {style.Label}",
            [.. Enumerable.Repeat(new GridHeading([]), spread.Length / Columns)],
            [.. Enumerable.Repeat(new GridHeading([]), Columns)],
            [.. spread.Select((settings, index) => CellOf(content, style, settings, template, index))])
        {
            Common = PaintCommandLine.Settings(template, spread.SelectMany(settings => settings.Given).Select(setting => setting.Key)),
            ShowsCommands = true,
        };
    }

    private static GridCell CellOf(GridPicture content, GridPicture style, StyleSettings settings, StyleTransferRequest template, int index)
    {
        StyleTransferRequest request = settings.ApplyTo(template) with
        {
            Content = content.Picture,
            Styles = [new StyleSource(style.Picture, Name: style.Name)],
        };
        return new GridCell(index / Columns, index % Columns, content, style, settings, request);
    }

    // Paintings are halved and doubled within what a request allows.
    private static StyleSettings SettingsOf(string text, int styleSize)
    {
        Bounds sizes = Bounds.Of<StyleTransferRequest>(nameof(StyleTransferRequest.StyleSize));
        text = text
            .Replace("HALF", SettingText.Format(Math.Max((int)sizes.Minimum, styleSize / 2)))
            .Replace("DOUBLE", SettingText.Format(Math.Min((int)sizes.Maximum, styleSize * 2)));
        return StyleSettings.OfWords(text);
    }
}
