using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;
using Pastiche.Imaging;
using Pastiche.Models;
using Pastiche.Networks;

namespace Pastiche.Benchmarks.PyTorch;

/// <summary>
/// A program of <c>bench/pytorch</c> in a process of its own, with a folder in which it finds weights and pictures and leaves its result.
/// </summary>
internal sealed class PyTorchScript : IDisposable
{
    private const string WeightsFile = "weights.safetensors", PicturesFile = "pictures.safetensors", ResultFile = "painted";

    // Another Python, without PyTorch, may come first in the path.
    private static readonly string[] Interpreters = ["python3", "/usr/bin/python3"];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("pastiche-pytorch-");
    private readonly string _script;
    private readonly Picture _content;
    private readonly Process _process;

    /// <summary>Starts the program; its first arguments are weights, pictures and result.</summary>
    /// <param name="python">The interpreter.</param>
    /// <param name="script">The program's file.</param>
    /// <param name="first">Arguments before the files.</param>
    /// <param name="weights">The network.</param>
    /// <param name="content">The photograph.</param>
    /// <param name="style">The painting.</param>
    /// <param name="rest">Arguments after the files.</param>
    /// <param name="threads">Threads.</param>
    public PyTorchScript(
        string python, string script, IEnumerable<string> first, NetworkWeights weights, Picture content, Picture style, IEnumerable<string> rest,
        int threads)
    {
        (_script, _content) = (script, content);
        WriteInputs(weights, PathOf(WeightsFile), content, style, PathOf(PicturesFile));
        string[] arguments =
        [
            Path.Combine(AppContext.BaseDirectory, script), .. first, PathOf(WeightsFile), PathOf(PicturesFile), PathOf(ResultFile),
            .. rest, "--threads", $"{threads}",
        ];
        var start = new ProcessStartInfo(python, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true };
        start.Environment["OMP_NUM_THREADS"] = start.Environment["OPENBLAS_NUM_THREADS"] = $"{threads}";
        _process = Process.Start(start)!;
    }

    /// <summary>The first interpreter that has PyTorch; <c>null</c> when none has.</summary>
    /// <param name="python">The only one to try; empty: the usual ones.</param>
    public static string? FindInterpreter(string python) =>
        (python.Length > 0 ? [python] : Interpreters).FirstOrDefault(HasPyTorch);

    /// <summary>Writes what a program reads.</summary>
    /// <param name="weights">The network.</param>
    /// <param name="weightsPath">Receives it.</param>
    /// <param name="content">The photograph.</param>
    /// <param name="style">The painting.</param>
    /// <param name="picturesPath">Receives both.</param>
    public static void WriteInputs(NetworkWeights weights, string weightsPath, Picture content, Picture style, string picturesPath)
    {
        ModelFile.Write(weights with { MeanActivations = null, Metrics = new Dictionary<Tap, float[]>() }, weightsPath);
        SafetensorsWriter.Write(picturesPath, [Tensor("content", content), Tensor("style", style)]);
    }

    /// <summary>Reads a picture that a program left.</summary>
    /// <param name="path">Its file.</param>
    /// <param name="width">Width in pixels.</param>
    /// <param name="height">Height in pixels.</param>
    public static Picture ReadResult(string path, int width, int height) =>
        new(width, height, [.. MemoryMarshal.Cast<byte, float>(File.ReadAllBytes(path))]);

    /// <summary>Sends a line.</summary>
    public void WriteLine(string line) => _process.StandardInput.WriteLine(line);

    /// <summary>Waits for a line; <c>null</c> at the end of a program that succeeded.</summary>
    /// <exception cref="InvalidOperationException">The program failed.</exception>
    public string? ReadLine()
    {
        if (_process.StandardOutput.ReadLine() is { } line)
            return line;
        _process.WaitForExit();
        return _process.ExitCode == 0 ? null : throw new InvalidOperationException($"{_script} failed with exit code {_process.ExitCode}; see its message above");
    }

    /// <summary>The picture that it left, of the photograph's size.</summary>
    public Picture Result() => ReadResult(PathOf(ResultFile), _content.Width, _content.Height);

    public void Dispose()
    {
        // A program that waits for orders ends without further ones.
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
        catch (Win32Exception) // there is no such program
        {
            return false;
        }
    }

    private string PathOf(string file) => Path.Combine(_folder.FullName, file);
}
