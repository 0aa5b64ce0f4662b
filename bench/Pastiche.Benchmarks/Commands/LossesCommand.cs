using Pastiche.Benchmarks.Cascades;
using Pastiche.Benchmarks.Paintings;
using Pastiche.Engines;
using Pastiche.Imaging;

namespace Pastiche.Benchmarks.Commands;

/// <summary>
/// <c>losses</c>: the same pairs painted with each style loss, and with that of style-transfer-pytorch and its weights of layers, judged by
/// VGG-19, and laid out for a blind look: a row is photograph, painting and the pictures in an order of its own, which <c>key.txt</c> tells
/// (<see cref="BlindSheet"/>).
/// </summary>
internal static class LossesCommand
{
    private static readonly string[] Photographs = ["kodim04.png", "kodim05.png", "kodim12.png"];
    private static readonly string[] Paintings =
    [
        "starry_night.jpg", "great_wave.jpg", "mosaic.jpg", "sketch.jpg", "brushstrokes.jpg", "composition_vii.jpg", "delaunay_portrait.jpg", "edtaonisl.jpg",
        "shipwreck.jpg", "the_scream.jpg", "udnie.jpg", "van_gogh_cafe.jpg",
    ];

    public static int Run(IReadOnlyList<string> args)
    {
        var arguments = new Arguments(
            args, "--model", "--size", "--iterations", "--style-weight", "--wasserstein-weight", "--weighted-weight", "--pairs", "--contents", "--styles", "--output", "--threads");
        string model = arguments.Text("--model", BenchmarkModels.Compact), output = arguments.Text("--output", "losses");
        int size = arguments.Size("--size", 384), threads = arguments.Threads();
        double weight = arguments.Number("--style-weight", 0, 1e12) ?? GatysOptions.Gram.StyleWeight;
        double wasserstein = arguments.Number("--wasserstein-weight", 0, 1e12) ?? weight;
        double weighted = arguments.Number("--weighted-weight", 0, 1e12) ?? GatysOptions.Gatys.StyleWeight;
        int iterations = arguments.Integer("--iterations", 1, 1_000_000) ?? GatysOptions.Gram.Iterations;
        (string Name, GatysOptions Options)[] variants =
        [
            ("gram", GatysOptions.Gram with { StyleWeight = weight, Iterations = iterations }),
            ("wasserstein", GatysOptions.Gram with { StyleLoss = StyleLossKind.Wasserstein, StyleWeight = wasserstein, Iterations = iterations }),
            ("weighted", GatysOptions.Gatys with { StyleWeight = weighted, Iterations = iterations }),
        ];
        PaintingPair[] pairs = [.. Paintings.SelectMany(style => Photographs.Select(content => new PaintingPair(content, style)))];
        int count = arguments.Integer("--pairs", 1, pairs.Length) ?? pairs.Length;
        var shelf = new PaintingShelf(output, size, threads);
        using var judge = new LogGramJudge(threads);

        Console.WriteLine($"VGG-19's log style and content of pictures of {size} pixels, {PaintingShelf.ModelLabel(model)}, {iterations} evaluations, style weight {weight} (wasserstein: {wasserstein}, weighted: {weighted})");
        Console.WriteLine($"  {"",-26}{string.Concat(variants.Select(variant => $"{variant.Name + " style",20}{"content",10}"))}");
        var sheet = new BlindSheet();
        var losses = new List<IReadOnlyList<LogGramLosses>>();
        foreach (PaintingPair pair in pairs.Take(count))
        {
            Picture content = pair.ReadContent(arguments.Text("--contents", SharedFolder.Content), size);
            Picture style = pair.ReadStyle(arguments.Text("--styles", SharedFolder.Styles), size);
            Picture[] painted = [.. variants.Select(variant => shelf.Paint(pair, content, style, model, variant.Options))];
            sheet.Add($"{pair}", [content, style], [.. variants.Select(variant => variant.Name).Zip(painted)]);
            losses.Add(judge.Judge(content, style, painted));
            Write($"{pair}", losses[^1]);
        }
        Write("mean, geometric of content", [.. variants.Select((_, i) => new LogGramLosses(
            losses.Average(pair => pair[i].LogStyle), Math.Exp(losses.Average(pair => Math.Log(pair[i].Content)))))]);
        sheet.Write(output);
        return 0;
    }

    private static void Write(string name, IReadOnlyList<LogGramLosses> losses) =>
        Console.WriteLine($"  {name,-26}{string.Concat(losses.Select(loss => $"{loss.LogStyle,20:F3}{loss.Content,10:F3}"))}");
}
