using System.Diagnostics;
using Pastiche.Imaging;

namespace Pastiche;

/// <summary>The checkpoints of one run: where it begins, and what it writes as it goes on.</summary>
internal sealed class Checkpoints
{
    private readonly CheckpointOptions _options;
    private readonly RunOrigin _origin;
    private readonly long _started = Stopwatch.GetTimestamp();
    private long _written = Stopwatch.GetTimestamp();
    private Func<RunState>? _last;

    /// <summary>Reads the file, if it is there.</summary>
    /// <param name="options">Where checkpoints are, and how often there is one.</param>
    /// <param name="origin">The run.</param>
    /// <exception cref="InvalidInputException">The file is no checkpoint, or one of another run.</exception>
    public Checkpoints(CheckpointOptions options, RunOrigin origin)
    {
        (_options, _origin) = (options, origin);
        AtomicFile.RemoveLeftovers(options.File);
        if (!File.Exists(options.File))
            return;
        RunOrigin its = CheckpointFile.ReadOrigin(options.File);
        if (its.Fingerprint != origin.Fingerprint)
        {
            throw new InvalidInputException(
                $"checkpoint '{options.File}' is one of another run: photograph, painting, settings or model differ; name another file, or delete it");
        }
        From = CheckpointFile.ReadState(options.File);
        if ((its.Version, its.InstructionSet) != (origin.Version, origin.InstructionSet))
        {
            Notes = [$"began with version {its.Version} and {its.InstructionSet}, went on with version {origin.Version} and "
                + $"{origin.InstructionSet}: the picture may differ in its last bits"];
        }
    }

    /// <summary>What an interrupted run reached; <c>null</c>: this is the first.</summary>
    public RunState? From { get; }

    /// <summary>What the user should know, one line each.</summary>
    public IReadOnlyList<string> Notes { get; } = [];

    /// <summary>Why the last checkpoint could not be written. A run is not thrown away for that; the next one is tried all the same.</summary>
    public Exception? Failure { get; private set; }

    /// <summary>Time since the very beginning.</summary>
    public TimeSpan Elapsed => (From?.Elapsed ?? TimeSpan.Zero) + Stopwatch.GetElapsedTime(_started);

    /// <summary>Writes a checkpoint when it is time.</summary>
    /// <param name="state">Gives what has been reached.</param>
    public void Reached(Func<RunState> state)
    {
        _last = state;
        if (Stopwatch.GetElapsedTime(_written).TotalSeconds >= _options.Interval)
            Write();
    }

    /// <summary>Writes what has been reached last; nothing before the first step.</summary>
    public void Write()
    {
        if (_last is null)
            return;
        try
        {
            CheckpointFile.Write(_options.File, _last(), _origin);
            Failure = null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Failure = exception;
        }
        _written = Stopwatch.GetTimestamp();
    }
}
