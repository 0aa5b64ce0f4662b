using System.Diagnostics;
using System.Runtime.InteropServices;
using Pastiche.Engines;
using Pastiche.Imaging;
using Pastiche.Models;
using Pastiche.Networks;

namespace Pastiche.Benchmarks.Cascades;

/// <summary>
/// The same cascade in PyTorch, <c>bench/pytorch/universal.py</c>, in a process of its own that waits for orders: so the engines can
/// take turns in one measurement. Its networks are built and its style is read when the constructor returns.
/// </summary>
internal sealed class PyTorchCascade : IDisposable
{
    /// <summary>The layouts of PyTorch's tensors that are tried; which is faster depends on its convolutions.</summary>
    public static IReadOnlyList<string> Layouts { get; } = ["contiguous", "channels_last"];

    private const string Script = "universal.py", Weights = "weights.safetensors", Pictures = "pictures.safetensors", Painted = "painted";

    // Another Python, without PyTorch, may come first in the path.
    private static readonly string[] Interpreters = ["python3", "/usr/bin/python3"];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("pastiche-universal-");
    private readonly Process _process;
    private readonly Picture _content;

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
        _content = content;
        NetworkWeights bare = weights with { MeanActivations = null, Metrics = new Dictionary<Tap, float[]>() };
        ModelFile.Write(bare, PathOf(Weights));
        SafetensorsWriter.Write(PathOf(Pictures), [Tensor("content", content), Tensor("style", style)]);

        int[] levels = [.. Cascade.Paper(alpha).Levels.Select(level => level.Level)];
        int[] margins = [.. levels.Select(level => UniversalEngine.MarginOf(level, Math.Min(content.Width, content.Height)))];
        string[] arguments =
        [
            Path.Combine(AppContext.BaseDirectory, Script), PathOf(Weights), PathOf(Pictures), PathOf(Painted),
            "--levels", string.Join(',', levels), "--margins", string.Join(',', margins), "--alpha", $"{alpha}", "--threads", $"{threads}",
        ];
        var start = new ProcessStartInfo(python, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true };
        start.Environment["OMP_NUM_THREADS"] = start.Environment["OPENBLAS_NUM_THREADS"] = $"{threads}";
        _process = Process.Start(start)!;
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

    /// <summary>The first interpreter that has PyTorch; <c>null</c> when none has.</summary>
    /// <param name="python">The only one to try; empty: the usual ones.</param>
    public static string? FindInterpreter(string python) =>
        (python.Length > 0 ? [python] : Interpreters).FirstOrDefault(HasPyTorch);

    /// <summary>Repaints the photograph.</summary>
    /// <param name="layout">One of <see cref="Layouts"/>.</param>
    /// <returns>What it took, by PyTorch's own clocks.</returns>
    /// <exception cref="InvalidOperationException">The process fails.</exception>
    public Cost Run(string layout)
    {
        _process.StandardInput.WriteLine(layout);
        string answer = ReadLine();
        return answer.Split(' ') is [string wall, string processor] && double.TryParse(wall, out double ms) && double.TryParse(processor, out double processorMs)
            ? new Cost(ms, processorMs)
            : throw new InvalidOperationException($"{Script} answered '{answer}' instead of two times");
    }

    /// <summary>What the last run gave.</summary>
    public Picture Result()
    {
        float[] planes = [.. MemoryMarshal.Cast<byte, float>(File.ReadAllBytes(PathOf(Painted)))];
        return new Picture(_content.Width, _content.Height, planes);
    }

    public void Dispose()
    {
        // Without further orders it ends.
        _process.StandardInput.Close();
        if (!_process.WaitForExit(TimeSpan.FromSeconds(10)))
            _process.Kill();
        _process.Dispose();
        _folder.Delete(recursive: true);
    }

    private static NamedTensor Tensor(string name, Picture picture) =>
        new(name, [3, picture.Height, picture.Width], picture.Planes, ElementType.Float32);

    private static bool HasPyTorch(string python)
    {
        try
        {
            var start = new ProcessStartInfo(python, ["-c", "import torch, numpy"]) { RedirectStandardError = true };
            using Process process = Process.Start(start)!;
            process.StandardError.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception) // there is no such program
        {
            return false;
        }
    }

    private string PathOf(string file) => Path.Combine(_folder.FullName, file);

    private string ReadLine() =>
        _process.StandardOutput.ReadLine() ?? throw new InvalidOperationException($"{Script} ended before it was told to; see its message above");
}
