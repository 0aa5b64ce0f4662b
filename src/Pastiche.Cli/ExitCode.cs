namespace Pastiche.Cli;

/// <summary>What the process says to whoever started it.</summary>
internal static class ExitCode
{
    /// <summary>All was done.</summary>
    public const int Success = 0;

    /// <summary>Something failed that the user did not cause: a disk that is full, a defect.</summary>
    public const int Failure = 1;

    /// <summary>The user asked for something that cannot be done; nothing was written.</summary>
    public const int InvalidInput = 2;

    /// <summary>Stopped by Ctrl-C or a request to terminate; what was reached is kept.</summary>
    public const int Cancelled = 130;
}
