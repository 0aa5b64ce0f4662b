namespace Pastiche.Cli.Paint;

/// <summary>The page of <c>pastiche paint --help</c>, made from the options.</summary>
internal static class PaintHelp
{
    private static readonly string[] Epilogue =
    [
        "The path of the result goes to standard output, progress to standard error. Ctrl-C writes what was reached",
        "(exit code 130); a second one ends at once. Exit codes: 0 done, 1 failed, 2 bad input and nothing written.",
        "",
        "Of several photographs, those that cannot be painted are named and the others painted (exit code 1); Ctrl-C",
        "keeps the finished ones.",
        "",
        "Examples:",
        "  pastiche paint photo.jpg --style starry_night.jpg -o out.png",
        "  pastiche paint photo.jpg --style starry_night.jpg --preset slides --size 400 -o out.jpg",
        "  pastiche paint photo.jpg --style wave.jpg:2 --style mosaic.jpg:1 --style-weight 300 -o mixed.webp",
        "  pastiche paint photo.jpg --style wave.jpg --engine universal --alpha 0.8 -o out.png",
        "  pastiche paint photo.jpg --style cafe.jpg --preset oil -o out.png",
        "  pastiche paint other.jpg --like out.png -o other.png",
        "  pastiche paint holidays --style wave.jpg --engine universal --skip-existing -o painted",
        "  pastiche paint photo.jpg --style wave.jpg --init noise --seed 7 --save-every 50 --trace out.json -o out.png",
    ];

    /// <summary>Makes the page.</summary>
    public static HelpPage Page(string summary, PaintOptions options) => new(
        summary,
        ["pastiche paint CONTENT [CONTENT ...] --style FILE[:WEIGHT] [--style ...] -o OUT [options]"],
        options.Groups.Help(options.Content),
        Epilogue);
}
