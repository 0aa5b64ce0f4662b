using System.Runtime.InteropServices;

namespace Pastiche.Cli;

/// <summary>
/// Ctrl-C (SIGINT) and requests to terminate (SIGTERM). The first asks the running command to stop and keep what it reached;
/// the second ends the process at once.
/// </summary>
internal sealed class Interruption : IDisposable
{
    private readonly CancellationTokenSource _source = new();
    private readonly PosixSignalRegistration[] _registrations;
    private readonly Action<int> _exit;
    private int _signals;

    /// <summary>Starts listening.</summary>
    /// <param name="exit">Ends the process with an exit code.</param>
    public Interruption(Action<int> exit)
    {
        _exit = exit;
        _registrations =
        [
            PosixSignalRegistration.Create(PosixSignal.SIGINT, Handle),
            PosixSignalRegistration.Create(PosixSignal.SIGTERM, Handle),
        ];
    }

    /// <summary>Cancelled by the first signal.</summary>
    public CancellationToken Token => _source.Token;

    /// <summary>What a signal does; signals may arrive on several threads at once.</summary>
    public void Signal()
    {
        if (Interlocked.Increment(ref _signals) == 1)
            _source.Cancel();
        else
            _exit(ExitCode.Cancelled);
    }

    /// <summary>Stops listening.</summary>
    public void Dispose()
    {
        foreach (PosixSignalRegistration registration in _registrations)
            registration.Dispose();
        _source.Dispose();
    }

    private void Handle(PosixSignalContext context)
    {
        context.Cancel = true; // the runtime would end the process
        Signal();
    }
}
