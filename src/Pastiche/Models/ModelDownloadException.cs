namespace Pastiche.Models;

/// <summary>A model could not be pulled: no source answered, or what it sent was not the model. A failure, not a bad request.</summary>
public sealed class ModelDownloadException : IOException
{
    /// <summary>Reports a failed download.</summary>
    /// <param name="message">What went wrong.</param>
    /// <param name="innerException">The cause.</param>
    public ModelDownloadException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
