namespace Pastiche.Cli;

/// <summary>Tries what a bad input can make fail, so that all that is wrong with a command line can be told at once.</summary>
internal static class Attempt
{
    /// <summary>Tries to get something; <c>null</c>, with problems, when an input does not allow it.</summary>
    /// <param name="get">Gets it; may throw <see cref="InvalidInputException"/>.</param>
    /// <param name="problems">Receives what is wrong.</param>
    public static T? At<T>(Func<T> get, List<string> problems) where T : class
    {
        try
        {
            return get();
        }
        catch (InvalidInputException exception)
        {
            problems.AddRange(exception.Problems);
            return null;
        }
    }
}
