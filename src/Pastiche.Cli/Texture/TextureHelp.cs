using Pastiche.Cli.Options;

namespace Pastiche.Cli.Texture;

/// <summary>The page of <c>pastiche texture --help</c>, made from the options.</summary>
internal static class TextureHelp
{
    private static readonly string[] Epilogue =
    [
        "The path of the result goes to standard output, progress to standard error. Ctrl-C writes what was reached",
        "(exit code 130); a second one ends at once. Exit codes: 0 done, 1 failed, 2 bad input and nothing written.",
        "",
        "Examples:",
        "  pastiche texture wave.jpg -o waves.png",
        "  pastiche texture wave.jpg --size 512x256 --seamless -o tile.png",
        "  pastiche texture wave.jpg:2 mosaic.jpg:1 --seed 7 -o mixed.png",
        "  pastiche texture wave.jpg --engine gatys --iterations 500 --save-every 50 --trace waves.json -o waves.png",
    ];

    /// <summary>Makes the page.</summary>
    public static HelpPage Page(string summary, TextureOptions options) => new(
        summary,
        ["pastiche texture STYLE[:WEIGHT] [STYLE[:WEIGHT] ...] -o OUT [options]"],
        options.Groups.Help(options.Styles),
        Epilogue);
}
