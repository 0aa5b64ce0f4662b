using System.Diagnostics;
using Pastiche.Benchmarks.Cascades;
using Pastiche.Benchmarks.Paintings;
using Pastiche.Benchmarks.PyTorch;
using Pastiche.Engines;
using Pastiche.Imaging;
using Pastiche.Networks;

namespace Pastiche.Benchmarks.Commands;

/// <summary>
/// <c>universal-speed</c>: the time of universal style transfer after start-up, in turns with the peer's networks in the same engine and
/// with the same cascade in PyTorch; then one run at print size, each in a process of its own, with its peak memory.
/// </summary>
internal static class UniversalSpeedCommand
{
    // Other orders of summation; a cascade that differed in a layer or a border would come out far below.
    private const double LeastAgreement = 50;

    private const string DefaultPrint = "3840x2160", None = "none";

    private static readonly string[] Options =
        ["--model", "--peer", "--sizes", "--print", "--alpha", "--rounds", "--contents", "--styles", "--python", "--threads"];

    public static int Run(IReadOnlyList<string> args)
    {
        var arguments = new Arguments(args, Options);
        int threads = arguments.Threads();
        string print = arguments.Text("--print", DefaultPrint);
        if (print != None)
        {
            ProcessMemory.Require("universal-speed with --print");
            arguments.Dimensions("--print", DefaultPrint);
        }
        string? python = PyTorchScript.FindInterpreter(arguments.Text("--python", ""));
        Console.WriteLine(Machine.Header(threads));
        if (python is null)
            Console.Error.WriteLine("SKIPPED: PyTorch; no interpreter has the modules torch and numpy: apt-get install python3-torch, or name one with --python");

        var ratios = new List<string>();
        foreach (int size in arguments.Sizes("--sizes", "512"))
            ratios.Add($"{size}={Compare(arguments, size, threads, python)}");
        if (print != None)
            MeasurePrint(args, print);
        Console.WriteLine($"ratio-to-pytorch {string.Join(' ', ratios)}");
        return 0;
    }

    /// <summary><c>universal-of</c>: one run of one cascade in this process; prints its name, seconds and the process's peak in MiB.</summary>
    public static int MeasureOne(IReadOnlyList<string> args)
    {
        var arguments = new Arguments(args, [.. Options, "--cascade"]);
        (int width, int height) = arguments.Dimensions("--print", DefaultPrint);
        (Picture content, Picture style) = Read(arguments, width, height);
        using var compute = new NetworkCompute(arguments.Threads());
        using Cascade cascade = arguments.Text("--cascade", "") == "peer" ? Peer(arguments, compute) : Ours(arguments, UniversalOptions.Default, compute);
        cascade.Read(style);
        var cost = Cost.Of(() => cascade.Run(content));
        Console.Write($"{cascade.Name} {cost.Wall / 1000} {cost.Processor / 1000} {ProcessMemory.Peak}");
        return 0;
    }

    private static string Compare(Arguments arguments, int size, int threads, string? python)
    {
        (Picture content, Picture style) = Read(arguments, size, size);
        using var compute = new NetworkCompute(threads);
        using Cascade ours = Ours(arguments, Cascade.Paper(Alpha(arguments)), compute), peer = Peer(arguments, compute);
        using Cascade standard = Ours(arguments, UniversalOptions.Default, compute);
        ours.Read(style);
        peer.Read(style);
        Picture painted = ours.Run(content);
        peer.Run(content);
        standard.Read(style);
        standard.Run(content);
        List<(string Name, Func<Cost> Run)> entries =
        [
            (ours.Name, () => Cost.Of(() => ours.Run(content))),
            (peer.Name, () => Cost.Of(() => peer.Run(content))),
            ($"{standard.Name}, our defaults", () => Cost.Of(() => standard.Run(content))),
        ];

        using PyTorchCascade? torch = python is null ? null : new PyTorchCascade(
            python, Cascade.WeightsOf(arguments.Text("--model", BenchmarkModels.Compact), compute), content, style, Alpha(arguments), threads);
        string agreement = torch is null ? "" : $"; {torch.Description}";
        foreach (string layout in torch is null ? [] : PyTorchCascade.Layouts)
        {
            torch!.Run(layout);
            double psnr = Statistics.PeakSignalToNoise(torch.Result().Planes, painted.Planes);
            if (psnr < LeastAgreement)
                throw new InvalidOperationException($"PyTorch ({layout}) paints another picture than we do: PSNR {psnr:F1} dB, at least {LeastAgreement} is needed");
            entries.Add(($"{ours.Name}, PyTorch, {layout} (PSNR to ours {psnr:F1} dB)", () => torch.Run(layout)));
        }

        Cost[] medians = new InterleavedTimer(arguments.Integer("--rounds", 1, 1000)).Medians([.. entries.Select(entry => entry.Run)]);
        Console.WriteLine($"{size}x{size}, five levels, the paper's cascade with alpha {Alpha(arguments)} but for the third line, medians in ms{agreement}");
        Console.WriteLine($"  {"",-64}{"wall",10}{"processor",12}");
        for (int i = 0; i < entries.Count; i++)
            Console.WriteLine($"  {entries[i].Name,-64}{medians[i].Wall,10:F0}{medians[i].Processor,12:F0}");
        return torch is null ? "-" : $"{medians[3..].Min(cost => cost.Wall) / medians[0].Wall:F2}";
    }

    private static void MeasurePrint(IReadOnlyList<string> args, string print)
    {
        Console.WriteLine($"{print}, one run, each in a process of its own");
        Console.WriteLine($"  {"",-20}{"s",8}{"processor s",14}{"peak MiB",12}");
        foreach (string cascade in new[] { "ours", "peer" })
        {
            using Process process = SelfProcess.Start(["universal-of", "--cascade", cascade, .. args]);
            string[] words = process.StandardOutput.ReadToEnd().Split(' ');
            process.WaitForExit();
            if (process.ExitCode != 0)
                throw new InvalidOperationException($"the run of {cascade} at {print} failed with exit code {process.ExitCode}");
            Console.WriteLine($"  {words[0],-20}{double.Parse(words[1]),8:F2}{double.Parse(words[2]),14:F2}{double.Parse(words[3]),12:F0}");
        }
    }

    private static Cascade Ours(Arguments arguments, UniversalOptions options, NetworkCompute compute) =>
        Cascade.OfModel(arguments.Text("--model", BenchmarkModels.Compact), options, compute);

    private static Cascade Peer(Arguments arguments, NetworkCompute compute) =>
        Cascade.OfDistilled(arguments.Text("--peer", SharedFolder.Distilled), Alpha(arguments), compute);

    private static double Alpha(Arguments arguments) => arguments.Number("--alpha", 0, 1) ?? Cascade.PaperAlpha;

    // The photograph takes the size whatever its shape; the painting's long side is that of the photograph, as in pastiche paint.
    private static (Picture Content, Picture Style) Read(Arguments arguments, int width, int height)
    {
        PaintingPair pair = PaintingPair.All[0];
        Picture content = pair.ReadContent(arguments.Text("--contents", SharedFolder.Content), Math.Max(width, height));
        Picture style = pair.ReadStyle(arguments.Text("--styles", SharedFolder.Styles), Math.Max(width, height));
        return (Resampling.Resize(content, width, height), style);
    }
}
