using Pastiche.Benchmarks.Paintings;
using Pastiche.Benchmarks.Peers;
using Pastiche.Benchmarks.PyTorch;
using Pastiche.Engines;
using Pastiche.Imaging;
using Pastiche.Models;
using Pastiche.Networks;
using Pastiche.Settings;

namespace Pastiche.Benchmarks.Commands;

/// <summary>
/// <c>peers</c>: how long ours takes until its picture is as good as a peer's, by the peer's own objective or by neutral measures. A
/// peer runs a share of its documented iterations, or all of them with <c>--full</c>, and its picture is the goal. With <c>--goal-from</c>
/// the goal is what a run gave elsewhere, and the share measures its pace here.
/// </summary>
internal static class PeersCommand
{
    private const string NeuralStyle = "neural-style-pt", StyleTransferPyTorch = "style-transfer-pytorch";
    private const double DefaultShare = 0.1;
    private const int DefaultRounds = 3;

    // Of the peer's own figure of its loss: other orders of summation. A formula or a weight that differed would show.
    private const double Agreement = 1e-2;

    private static readonly string[] All = [NeuralStyle, StyleTransferPyTorch];

    public static int Run(IReadOnlyList<string> args)
    {
        var arguments = new Arguments(
            args, "--peers", "--size", "--pair", "--share", "--full", "--goal-from", "--rounds", "--iterations", "--style-weight", "--settings", "--contents",
            "--styles", "--inputs", "--output", "--python", "--threads", "--verbose");
        int size = arguments.Size("--size", 512), threads = arguments.Threads();
        string output = arguments.Text("--output", "peers");
        string goalFolder = arguments.Text("--goal-from", "");
        int rounds = arguments.Integer("--rounds", 1, 100) ?? DefaultRounds;
        double share = arguments.Has("--full") ? 1 : arguments.Number("--share", 1e-3, 1) ?? DefaultShare;
        string[] peers = arguments.Texts("--peers", string.Join(',', All));
        if (peers.FirstOrDefault(name => !All.Contains(name)) is { } unknown)
            throw new InvalidInputException($"--peers has '{unknown}'; allowed: {string.Join(", ", All)}");
        PaintingPair pair = PaintingPair.All[(arguments.Integer("--pair", 1, PaintingPair.All.Count) ?? 1) - 1];
        StyleSettings given = arguments.Has("--settings") ? SettingsFile.Read(arguments.Text("--settings", "")) : StyleSettings.Empty;
        Picture content = pair.ReadContent(arguments.Text("--contents", SharedFolder.Content), size);
        Picture style = pair.ReadStyle(arguments.Text("--styles", SharedFolder.Styles), size);
        using var compute = new NetworkCompute(threads);
        if (arguments.Has("--inputs"))
        {
            WriteInputs(arguments.Text("--inputs", ""), pair, content, style, peers, compute);
            return 0;
        }
        string python = PyTorchScript.FindInterpreter(arguments.Text("--python", ""))
            ?? throw new InvalidInputException("no interpreter has the modules torch and numpy: apt-get install python3-torch libopenblas0-pthread, or name one with --python");
        Directory.CreateDirectory(output);
        Console.WriteLine(Machine.Header(threads));
        var sheet = new BlindSheet();
        var ratios = new List<string>();
        foreach (string peer in peers)
        {
            bool isOwnObjective = peer == NeuralStyle;
            NetworkWeights weights = WeightsOf(peer, compute);
            using IPeerJudge judge = isOwnObjective ? new NeuralStyleJudge(content, style, weights, compute) : new NeutralJudge(content, style, weights, compute);
            GatysOptions options = given.ApplyTo(isOwnObjective ? NeuralStyleJudge.Objective : GatysOptions.Gatys);
            if (!isOwnObjective && arguments.Number("--style-weight", 0, 1e12) is { } styleWeight)
                options = options with { StyleWeight = styleWeight };
            options = options with { Iterations = arguments.Integer("--iterations", 1, 1_000_000) ?? OwnRun.FewestIterations };

            PeerRun RunPeer() => PeerRun.Of(python, peer, weights, content, style, share, threads);
            PeerRun theirs = goalFolder.Length > 0 ? PeerRun.Read(goalFolder, $"{pair}-{peer}", content) : RunPeer();
            double[] goal = judge.Judge(theirs.Picture);
            Tell(peer, content, theirs, judge, goal);
            if (goalFolder.Length == 0 && share < 1)
                Console.WriteLine($"  at this pace all of its iterations would take {theirs.Cost.Wall / share / 1000:F0} s");
            if (isOwnObjective && Math.Abs(goal[0] - theirs.Loss) > Agreement * theirs.Loss)
                throw new InvalidOperationException($"{peer} finds a loss of {theirs.Loss:G6} where we find {goal[0]:G6}: they are not the same function");
            // Its search may go where no picture is; ours must get as low within.
            if (isOwnObjective && !double.IsNaN(theirs.Reached))
                goal = [Math.Min(goal[0], theirs.Reached)];
            OwnRun? ours = OwnRun.Until(content, style, options, goal, judge, threads, run =>
            {
                if (arguments.Has("--verbose"))
                    Tell("  tried", run, judge);
            });
            if (ours is null)
            {
                Console.WriteLine("  ours does not get there");
                ratios.Add($"{peer}=-");
                continue;
            }
            Tell("  ours", ours, judge);
            (Cost their, Cost own) = goalFolder.Length == 0
                ? (theirs.Cost, ours.Cost)
                : InTurns(rounds, () => Pace(RunPeer(), theirs), () => OwnRun.Of(content, style, ours.Options, judge, threads).Cost);
            Console.WriteLine($"  until the same: {their.Wall / own.Wall:F2} times as long on the wall, {their.Processor / own.Processor:F2} times as much processor time");
            ratios.Add($"{peer}={their.Wall / own.Wall:F2}");
            PictureFile.Write(theirs.Picture, Path.Combine(output, $"{pair}-{peer}.png"));
            PictureFile.Write(ours.Picture, Path.Combine(output, $"{pair}-ours-as-{peer}.png"));
            sheet.Add($"{pair}", [content, style], [(peer, theirs.Picture), ("ours", ours.Picture)]);
        }
        sheet.Write(output);
        string measured = goalFolder.Length > 0 ? "elsewhere" : $"{share}";
        Console.WriteLine($"ratio-to-peers size={size} share={measured} {string.Join(' ', ratios)}");
        return 0;
    }

    // Raw as published, or with activations about 1, as the peer's usual weights have them.
    private static NetworkWeights WeightsOf(string peer, NetworkCompute compute) => peer == NeuralStyle
        ? ModelStore.Default.Load(ModelSource.Vgg19.Name).Weights
        : BenchmarkModels.AtCommonScale(ModelSource.Vgg19.Name, compute);

    private static void WriteInputs(string folder, PaintingPair pair, Picture content, Picture style, string[] peers, NetworkCompute compute)
    {
        Directory.CreateDirectory(folder);
        foreach (string peer in peers)
        {
            string weights = $"{peer}-weights.safetensors", pictures = $"{pair}.safetensors", result = $"{pair}-{peer}";
            PyTorchScript.WriteInputs(WeightsOf(peer, compute), Path.Combine(folder, weights), content, style, Path.Combine(folder, pictures));
            Console.WriteLine($"peers.py {peer} {weights} {pictures} {result}.f32 --share 1 --threads {compute.Pool.Count} --device cuda --trace {result}.csv > {result}.txt");
        }
    }

    private static Cost Pace(PeerRun run, PeerRun goal)
    {
        foreach (PeerStage stage in run.Stages)
            Tell(stage);
        Cost cost = run.PaceOf(goal);
        Console.WriteLine($"  at this pace ({run.Description}) the goal's iterations take {cost.Wall / 1000:F0} s ({cost.Processor / 1000:F0} of processor time)");
        return cost;
    }

    private static (Cost Their, Cost Own) InTurns(int rounds, Func<Cost> their, Func<Cost> own)
    {
        var costs = new List<(Cost Their, Cost Own)>();
        for (int round = 0; round < rounds; round++)
        {
            costs.Add((their(), own()));
            Console.WriteLine($"  ours again: {costs[^1].Own.Wall / 1000:F1} s ({costs[^1].Own.Processor / 1000:F1} of processor time)");
        }
        return (Cost.Median([.. costs.Select(pair => pair.Their)]), Cost.Median([.. costs.Select(pair => pair.Own)]));
    }

    private static void Tell(string peer, Picture content, PeerRun run, IPeerJudge judge, double[] measures)
    {
        Console.WriteLine($"{peer}, {content.Width}x{content.Height}, {run.Description}");
        foreach (PeerStage stage in run.Stages)
            Tell(stage);
        Console.WriteLine($"  {run.Cost.Wall / 1000:F1} s; {Describe(judge, measures)}; where its search ended, before values outside of 0 to 1 were clipped, its loss was {run.Reached:G5}");
    }

    private static void Tell(PeerStage stage) => Console.WriteLine(
        $"  {stage.Size} pixels: {stage.Iterations} iterations, {stage.Cost.Wall / stage.Iterations:F0} ms each ({stage.Cost.Processor / stage.Iterations:F0} of processor time)");

    private static void Tell(string who, OwnRun run, IPeerJudge judge) => Console.WriteLine(
        $"{who}: {run.Options.Iterations} evaluations, style weight {run.Options.StyleWeight:G4}, {run.InstructionSet}: {run.Cost.Wall / 1000:F1} s ({run.Cost.Processor / 1000:F1} of processor time), model and reading included; {Describe(judge, run.Measures)}");

    private static string Describe(IPeerJudge judge, double[] measures) =>
        string.Join(", ", judge.Names.Zip(measures, (name, value) => $"{name} {value:G5}"));
}
