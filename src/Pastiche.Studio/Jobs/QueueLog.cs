using Hangfire.Logging;
using Microsoft.Extensions.Logging;
using LogLevel = Hangfire.Logging.LogLevel;

namespace Pastiche.Studio.Jobs;

/// <summary>
/// Hands what Hangfire has to say on to the host's log. Hangfire knows one log for the whole process; the host that gave it may have ended,
/// and another goes on.
/// </summary>
internal sealed class QueueLog(ILoggerFactory factory) : ILogProvider
{
    /// <inheritdoc/>
    public ILog GetLogger(string name) => new Category(name, factory);

    private sealed class Category(string name, ILoggerFactory factory) : ILog
    {
        public bool Log(LogLevel logLevel, Func<string>? messageFunc, Exception? exception = null)
        {
            if (logLevel < LogLevel.Warn)
                return false;
            try
            {
                if (messageFunc is not null)
                {
                    factory.CreateLogger(name).Log(
                        logLevel == LogLevel.Warn ? Microsoft.Extensions.Logging.LogLevel.Warning : Microsoft.Extensions.Logging.LogLevel.Error,
                        exception, "{Message}", messageFunc());
                }
                return true;
            }
            catch (ObjectDisposedException)
            {
                return false;
            }
        }
    }
}
