using Pastiche.Imaging;
using Pastiche.Networks;

namespace Pastiche.Benchmarks.PyTorch;

/// <summary>What a peer took at one size.</summary>
/// <param name="Size">Long side in pixels.</param>
/// <param name="Iterations">Iterations that were run.</param>
/// <param name="Cost">What they took, in milliseconds.</param>
internal sealed record PeerStage(int Size, int Iterations, Cost Cost)
{
    /// <summary>What more or fewer iterations take at the same pace.</summary>
    public Cost At(int iterations) => new(Cost.Wall / Iterations * iterations, Cost.Processor / Iterations * iterations);
}

/// <summary>A run of one of the programs of <c>bench/pytorch/peers.py</c>.</summary>
/// <param name="Description">PyTorch's version, linear algebra, threads and layout.</param>
/// <param name="Stages">Sizes in order.</param>
/// <param name="Loss">Its own objective of its picture.</param>
/// <param name="Reached">The same where its search ended: of values that may lie outside of what a picture can hold, and are clipped in it; NaN when the run does not tell.</param>
/// <param name="Picture">Its picture.</param>
internal sealed record PeerRun(string Description, IReadOnlyList<PeerStage> Stages, double Loss, double Reached, Picture Picture)
{
    private const string Script = "peers.py";

    /// <summary>All stages.</summary>
    public Cost Cost => new(Stages.Sum(stage => stage.Cost.Wall), Stages.Sum(stage => stage.Cost.Processor));

    /// <summary>Runs a program.</summary>
    /// <param name="python">The interpreter.</param>
    /// <param name="peer">The program's name.</param>
    /// <param name="weights">The network.</param>
    /// <param name="content">The photograph.</param>
    /// <param name="style">The painting.</param>
    /// <param name="share">How much of its documented iterations is run, above 0 to 1.</param>
    /// <param name="threads">Threads.</param>
    /// <exception cref="InvalidOperationException">It fails.</exception>
    public static PeerRun Of(string python, string peer, NetworkWeights weights, Picture content, Picture style, double share, int threads)
    {
        using var script = new PyTorchScript(python, Script, [peer], weights, content, style, ["--share", $"{share}"], threads);
        var lines = new List<string>();
        while (script.ReadLine() is { } line)
            lines.Add(line);
        return Of(lines, script.Result());
    }

    /// <summary>Reads a run that was made elsewhere: what it printed, <c>.txt</c>, and its result, <c>.f32</c>.</summary>
    /// <param name="folder">Where both are.</param>
    /// <param name="name">Their files' name.</param>
    /// <param name="content">The photograph.</param>
    /// <exception cref="InvalidInputException">One is missing, or the picture has another size.</exception>
    public static PeerRun Read(string folder, string name, Picture content)
    {
        string text = Path.Combine(folder, $"{name}.txt"), result = Path.Combine(folder, $"{name}.f32");
        if (new[] { text, result }.FirstOrDefault(file => !File.Exists(file)) is { } missing)
            throw new InvalidInputException($"--goal-from lacks {missing}; 'peers --inputs DIR' prints the commands that make it");
        long bytes = new FileInfo(result).Length, expected = sizeof(float) * (long)content.Planes.Length;
        if (bytes != expected)
            throw new InvalidInputException($"{result} has {bytes} bytes; a picture of {content.Width}x{content.Height} has {expected}");
        return Of(File.ReadLines(text), PyTorchScript.ReadResult(result, content.Width, content.Height));
    }

    /// <summary>What the iterations of another run would take at the pace of this one, size by size.</summary>
    /// <param name="other">The other run.</param>
    /// <exception cref="InvalidInputException">It has other sizes.</exception>
    public Cost PaceOf(PeerRun other)
    {
        if (!other.Stages.Select(stage => stage.Size).SequenceEqual(Stages.Select(stage => stage.Size)))
            throw new InvalidInputException($"--goal-from has sizes {SizesOf(other)}; the same run here has {SizesOf(this)}");
        Cost[] costs = [.. Stages.Zip(other.Stages, (stage, all) => stage.At(all.Iterations))];
        return new Cost(costs.Sum(cost => cost.Wall), costs.Sum(cost => cost.Processor));

        static string SizesOf(PeerRun run) => string.Join(", ", run.Stages.Select(stage => stage.Size));
    }

    private static PeerRun Of(IEnumerable<string> lines, Picture picture)
    {
        string description = "";
        double loss = double.NaN, reached = double.NaN;
        var stages = new List<PeerStage>();
        foreach (string line in lines)
        {
            Dictionary<string, string> values = line.Split(' ').Select(word => word.Split('=', 2)).ToDictionary(word => word[0], word => word[1]);
            if (values.TryGetValue("total", out string? total))
                loss = double.Parse(total);
            else if (values.TryGetValue("reached", out string? last))
                reached = double.Parse(last);
            else if (values.TryGetValue("iterations", out string? iterations))
                stages.Add(new PeerStage(int.Parse(values["size"]), int.Parse(iterations), new Cost(1000 * double.Parse(values["wall"]), 1000 * double.Parse(values["processor"]))));
            else
                description = $"PyTorch {values["torch"]}, {values["blas"]}, {values["threads"]} threads, {values["layout"]}, {values["device"]}";
        }
        return new PeerRun(description, stages, loss, reached, picture);
    }
}
