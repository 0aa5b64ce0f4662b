using Pastiche.Imaging;
using Pastiche.Networks;

namespace Pastiche.Benchmarks.PyTorch;

/// <summary>What a peer took at one size.</summary>
/// <param name="Size">Long side in pixels.</param>
/// <param name="Iterations">Iterations that were run.</param>
/// <param name="Cost">What they took, in milliseconds, reading the paintings at this size included.</param>
internal sealed record PeerStage(int Size, int Iterations, Cost Cost);

/// <summary>A run of one of the programs of <c>bench/pytorch/peers.py</c>.</summary>
/// <param name="Description">PyTorch's version, linear algebra, threads and layout.</param>
/// <param name="Stages">Sizes in order.</param>
/// <param name="Loss">Its own objective of its picture.</param>
/// <param name="Picture">Its picture.</param>
internal sealed record PeerRun(string Description, IReadOnlyList<PeerStage> Stages, double Loss, Picture Picture)
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
        string description = "";
        double loss = double.NaN;
        var stages = new List<PeerStage>();
        while (script.ReadLine() is { } line)
        {
            Dictionary<string, string> values = line.Split(' ').Select(word => word.Split('=', 2)).ToDictionary(word => word[0], word => word[1]);
            if (values.TryGetValue("total", out string? total))
                loss = double.Parse(total);
            else if (values.TryGetValue("iterations", out string? iterations))
                stages.Add(new PeerStage(int.Parse(values["size"]), int.Parse(iterations), new Cost(1000 * double.Parse(values["wall"]), 1000 * double.Parse(values["processor"]))));
            else
                description = $"PyTorch {values["torch"]}, {values["blas"]}, {values["threads"]} threads, {values["layout"]}";
        }
        return new PeerRun(description, stages, loss, script.Result());
    }
}
