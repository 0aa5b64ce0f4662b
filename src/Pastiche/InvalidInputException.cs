namespace Pastiche;

/// <summary>
/// The caller asked for something that cannot be done: a file that is no picture, a weight out of range, an unknown layer.
/// Each problem is one line that names the thing, the value and what is allowed. The command line answers with exit code 2.
/// </summary>
public sealed class InvalidInputException : Exception
{
    /// <summary>Reports several problems at once.</summary>
    /// <param name="problems">One line a problem; at least one.</param>
    /// <param name="innerException">What revealed the problem, if anything did.</param>
    public InvalidInputException(IReadOnlyList<string> problems, Exception? innerException = null)
        : base(string.Join(Environment.NewLine, problems), innerException) => Problems = problems;

    /// <summary>Reports one problem.</summary>
    /// <param name="problem">One line that names the thing, the value and the allowed range.</param>
    /// <param name="innerException">What revealed the problem, if anything did.</param>
    public InvalidInputException(string problem, Exception? innerException = null)
        : this([problem], innerException)
    {
    }

    /// <summary>The problems, one line each.</summary>
    public IReadOnlyList<string> Problems { get; }
}
