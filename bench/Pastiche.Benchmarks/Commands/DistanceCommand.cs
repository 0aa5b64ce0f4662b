using Pastiche.Benchmarks.Paintings;
using Pastiche.Engines;
using Pastiche.Imaging;
using Pastiche.Models;

namespace Pastiche.Benchmarks.Commands;

/// <summary>
/// <c>distance</c>: what a model's pictures are worth in VGG-19's eyes: VGG-19's style and content losses of (a) the picture
/// optimised on VGG-19, (b) the picture optimised on the model, (c) the photograph itself.
/// </summary>
internal static class DistanceCommand
{
    private static readonly string Vgg = ModelSource.Vgg19.Name;

    public static int Run(IReadOnlyList<string> args)
    {
        var arguments = new Arguments(
            args, "--model", "--size", "--iterations", "--style-weight", "--pairs", "--contents", "--styles", "--output", "--threads");
        string model = arguments.Text("--model", BenchmarkModels.Compact), output = arguments.Text("--output", "distance");
        int size = arguments.Size("--size", 512), threads = arguments.Threads();
        GatysOptions options = GatysOptions.Gram with { Iterations = arguments.Integer("--iterations", 1, 1_000_000) ?? GatysOptions.Gram.Iterations };
        GatysOptions modelOptions = options with { StyleWeight = arguments.Number("--style-weight", 0, 1e12) ?? options.StyleWeight };
        int count = arguments.Integer("--pairs", 1, PaintingPair.All.Count) ?? PaintingPair.All.Count;
        var shelf = new PaintingShelf(output, size, threads);
        using var judge = new VggJudge(threads);

        string label = PaintingShelf.ModelLabel(model);
        Console.WriteLine($"VGG-19's losses of pictures of {size} pixels after {options.Iterations} evaluations: (a) {Vgg}, (b) {label}, (c) the photograph");
        Console.WriteLine($"  {"",-26}{"style (a)",11}{"(b)",9}{"(c)",9}{"b/a",7}{"content (a)",13}{"(b)",9}{"b/a",7}");
        var rows = new List<Picture[]>();
        var ratios = new List<JudgedLosses>();
        foreach (PaintingPair pair in PaintingPair.All.Take(count))
        {
            Picture content = pair.ReadContent(arguments.Text("--contents", SharedFolder.Content), size);
            Picture style = pair.ReadStyle(arguments.Text("--styles", SharedFolder.Styles), size);
            Picture a = shelf.Paint(pair, content, style, Vgg, options), b = shelf.Paint(pair, content, style, model, modelOptions);
            rows.Add([content, style, a, b]);
            PictureFile.Write(ContactSheet.Lay([rows[^1]]), Path.Combine(output, $"{pair}-{label}-side-by-side.png"));

            IReadOnlyList<JudgedLosses> losses = judge.Judge(content, style, [a, b, content]);
            ratios.Add(new JudgedLosses(losses[1].Style / losses[0].Style, losses[1].Content / losses[0].Content));
            Console.WriteLine(
                $"  {pair,-26}{losses[0].Style,11:F4}{losses[1].Style,9:F4}{losses[2].Style,9:F4}{ratios[^1].Style,7:F2}"
                + $"{losses[0].Content,13:F4}{losses[1].Content,9:F4}{ratios[^1].Content,7:F2}");
        }
        Console.WriteLine(
            $"  {"geometric mean",-26}{GeometricMean(ratios.Select(ratio => ratio.Style)),36:F2}{GeometricMean(ratios.Select(ratio => ratio.Content)),29:F2}");
        PictureFile.Write(ContactSheet.Lay(rows), Path.Combine(output, $"{label}-side-by-side.jpg"));
        return 0;
    }

    private static double GeometricMean(IEnumerable<double> values) => Math.Exp(values.Average(Math.Log));
}
