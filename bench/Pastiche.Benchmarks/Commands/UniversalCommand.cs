using Pastiche.Benchmarks.Cascades;
using Pastiche.Benchmarks.Paintings;
using Pastiche.Engines;
using Pastiche.Imaging;
using Pastiche.Networks;

namespace Pastiche.Benchmarks.Commands;

/// <summary>
/// <c>universal</c>: the pictures of universal style transfer beside those of the peer's networks in the same engine: VGG-19's losses,
/// time, and the pictures side by side.
/// </summary>
internal static class UniversalCommand
{
    private const int DefaultRounds = 3;

    public static int Run(IReadOnlyList<string> args)
    {
        var arguments = new Arguments(
            args, "--model", "--peer", "--size", "--alpha", "--peer-alpha", "--pairs", "--rounds", "--contents", "--styles", "--output", "--threads");
        string output = arguments.Text("--output", "universal");
        int size = arguments.Size("--size", 512), threads = arguments.Threads();
        double peerAlpha = arguments.Number("--peer-alpha", 0, 1) ?? Cascade.PaperAlpha;
        double alpha = arguments.Number("--alpha", 0, 1) ?? UniversalOptions.Default.Alpha;
        int count = arguments.Integer("--pairs", 1, PaintingPair.All.Count) ?? PaintingPair.All.Count;
        var timer = new InterleavedTimer(arguments.Integer("--rounds", 1, 1000) ?? DefaultRounds);
        using var compute = new NetworkCompute(threads);
        using var ours = Cascade.OfModel(arguments.Text("--model", BenchmarkModels.Compact), UniversalOptions.Default with { Alpha = alpha }, compute);
        using var peer = Cascade.OfDistilled(arguments.Text("--peer", SharedFolder.Distilled), peerAlpha, compute);
        using var judge = new LogGramJudge(threads);
        Directory.CreateDirectory(output);

        Console.WriteLine(Machine.Header(threads));
        Console.WriteLine($"universal style transfer at {size}: (a) {ours.Name}, our defaults with alpha {alpha}, (b) {peer.Name}, the paper's cascade with alpha {peerAlpha}, (c) the photograph");
        Console.WriteLine($"  {"",-26}{"log style (a)",14}{"(b)",8}{"(c)",8}{"content (a)",14}{"(b)",8}{"ms (a)",10}{"(b)",8}");
        var rows = new List<Picture[]>();
        var measured = new List<Row>();
        foreach (PaintingPair pair in PaintingPair.All.Take(count))
        {
            Picture content = pair.ReadContent(arguments.Text("--contents", SharedFolder.Content), size);
            Picture style = pair.ReadStyle(arguments.Text("--styles", SharedFolder.Styles), size);
            Picture a = Paint(ours, pair, content, style, output), b = Paint(peer, pair, content, style, output);
            rows.Add([content, style, a, b]);
            PictureFile.Write(ContactSheet.Lay([rows[^1]]), Path.Combine(output, $"{pair}-side-by-side.png"));

            IReadOnlyList<LogGramLosses> losses = judge.Judge(content, style, [a, b, content]);
            double[] milliseconds = timer.Medians(() => ours.Run(content), () => peer.Run(content));
            measured.Add(new Row($"{pair}", losses[0], losses[1], losses[2], milliseconds[0], milliseconds[1]));
            Console.WriteLine(measured[^1]);
        }
        Console.WriteLine(Row.Mean(measured));
        PictureFile.Write(ContactSheet.Lay(rows), Path.Combine(output, "side-by-side.png"));
        return 0;
    }

    // The picture as it is written, with 8 bits a colour.
    private static Picture Paint(Cascade cascade, PaintingPair pair, Picture content, Picture style, string output)
    {
        string file = Path.Combine(output, $"{pair}-{cascade.Name}.png");
        cascade.Read(style);
        PictureFile.Write(cascade.Run(content), file);
        return PictureFile.Read(file);
    }

    private sealed record Row(string Name, LogGramLosses Ours, LogGramLosses Peer, LogGramLosses Photograph, double OurTime, double PeerTime)
    {
        public static Row Mean(IReadOnlyCollection<Row> rows) => new(
            "mean", Mean(rows, row => row.Ours), Mean(rows, row => row.Peer), Mean(rows, row => row.Photograph),
            rows.Average(row => row.OurTime), rows.Average(row => row.PeerTime));

        public override string ToString() =>
            $"  {Name,-26}{Ours.LogStyle,14:F3}{Peer.LogStyle,8:F3}{Photograph.LogStyle,8:F3}"
            + $"{Ours.Content,14:F3}{Peer.Content,8:F3}{OurTime,10:F0}{PeerTime,8:F0}";

        private static LogGramLosses Mean(IReadOnlyCollection<Row> rows, Func<Row, LogGramLosses> losses) =>
            new(rows.Average(row => losses(row).LogStyle), rows.Average(row => losses(row).Content));
    }
}
