using System.Collections.Concurrent;
using System.Diagnostics;

namespace Pastiche.Studio.Proofs;

/// <summary>The program <c>pastiche</c> as a process of its own.</summary>
internal sealed class PasticheProcess : IDisposable
{
    private readonly Process _process;
    private readonly ConcurrentQueue<string> _lines = [];
    private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private bool _isDisposed;

    private PasticheProcess(Process process)
    {
        _process = process;
        process.OutputDataReceived += (_, line) => Take(line.Data);
        process.ErrorDataReceived += (_, line) => Take(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>The process's id.</summary>
    public int Id => _process.Id;

    /// <summary>All that it said.</summary>
    public IReadOnlyCollection<string> Lines => _lines;

    /// <summary>Whether it still runs.</summary>
    public bool IsRunning => !_process.HasExited;

    /// <summary>Memory in use now, in MiB.</summary>
    public double Megabytes
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64 / 1048576.0;
        }
    }

    /// <summary>Starts it and waits until it says that it is ready.</summary>
    /// <param name="arguments">The command line.</param>
    /// <param name="home">Its folders for its user and for what is temporary; <c>null</c>: the usual ones.</param>
    public static async Task<PasticheProcess> StartAsync(string[] arguments, string? home = null)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Pastiche.Cli.dll"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        if (home is not null)
            start.Environment["HOME"] = start.Environment["TMPDIR"] = home;
        var process = new PasticheProcess(Process.Start(start)!);
        await process._started.Task.WaitAsync(TimeSpan.FromMinutes(1));
        return process;
    }

    /// <summary>Ends it without a warning, as kill -9.</summary>
    public void Kill() => _process.Kill();

    /// <summary>Asks it to end and waits.</summary>
    public async Task StopAsync()
    {
        using Process? _ = Process.Start("kill", ["-TERM", $"{Id}"]);
        await _process.WaitForExitAsync();
    }

    public void Dispose()
    {
        if (_isDisposed)
            return;
        _isDisposed = true;
        if (IsRunning)
            _process.Kill();
        _process.Dispose();
    }

    private void Take(string? line)
    {
        if (line is null)
            return;
        _lines.Enqueue(line);
        if (line.StartsWith("http", StringComparison.Ordinal) || line.StartsWith("waiting for jobs", StringComparison.Ordinal))
            _started.TrySetResult();
    }
}
