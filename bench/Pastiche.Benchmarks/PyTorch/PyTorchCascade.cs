using Pastiche.Benchmarks.Cascades;
using Pastiche.Engines;
using Pastiche.Imaging;
using Pastiche.Networks;

namespace Pastiche.Benchmarks.PyTorch;

/// <summary>
/// The same cascade in PyTorch, <c>bench/pytorch/universal.py</c>, in a process of its own that waits for orders: so the engines can
/// take turns in one measurement. Its networks are built and its style is read when the constructor returns.
/// </summary>
internal sealed class PyTorchCascade : IDisposable
{
    /// <summary>The layouts of PyTorch's tensors that are tried; which is faster depends on its convolutions.</summary>
    public static IReadOnlyList<string> Layouts { get; } = ["contiguous", "channels_last"];

    private const string Script = "universal.py";

    private readonly PyTorchScript _script;

    /// <summary>Starts the process.</summary>
    /// <param name="python">The interpreter.</param>
    /// <param name="weights">The network.</param>
    /// <param name="content">The photograph; sides are multiples of 16.</param>
    /// <param name="style">The painting.</param>
    /// <param name="alpha">Strength, 0 to 1.</param>
    /// <param name="threads">Threads.</param>
    /// <exception cref="InvalidOperationException">The process fails.</exception>
    public PyTorchCascade(string python, NetworkWeights weights, Picture content, Picture style, double alpha, int threads)
    {
        int[] levels = [.. Cascade.Paper(alpha).Levels.Select(level => level.Level)];
        int[] margins = [.. levels.Select(level => UniversalEngine.MarginOf(level, Math.Min(content.Width, content.Height)))];
        _script = new PyTorchScript(
            python, Script, [], weights, content, style,
            ["--levels", string.Join(',', levels), "--margins", string.Join(',', margins), "--alpha", $"{alpha}"], threads);
        try
        {
            Description = ReadLine();
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Its version, its linear algebra and its threads.</summary>
    public string Description { get; }

    /// <summary>Repaints the photograph.</summary>
    /// <param name="layout">One of <see cref="Layouts"/>.</param>
    /// <returns>What it took, by PyTorch's own clocks.</returns>
    /// <exception cref="InvalidOperationException">The process fails.</exception>
    public Cost Run(string layout)
    {
        _script.WriteLine(layout);
        string answer = ReadLine();
        return answer.Split(' ') is [string wall, string processor] && double.TryParse(wall, out double ms) && double.TryParse(processor, out double processorMs)
            ? new Cost(ms, processorMs)
            : throw new InvalidOperationException($"{Script} answered '{answer}' instead of two times");
    }

    /// <summary>What the last run gave.</summary>
    public Picture Result() => _script.Result();

    public void Dispose() => _script.Dispose();

    private string ReadLine() => _script.ReadLine() ?? throw new InvalidOperationException($"{Script} ended before it was told to");
}
