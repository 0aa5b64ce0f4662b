using System.Runtime.ExceptionServices;

namespace Pastiche.Compute;

/// <summary>
/// Threads that share a loop. Work is dealt out item by item, so a thread that the machine takes away delays only the item
/// it holds, and threads that wait give their processor up after a moment: on a busy machine a spinning barrier would keep
/// the very thread that it waits for from running. Items must not depend on which worker runs them.
/// </summary>
/// <remarks>One loop at a time: the pool belongs to one engine, whose calls follow one another.</remarks>
internal sealed class WorkerPool : IDisposable
{
    /// <summary>The environment variable that sets the number of threads when no option does.</summary>
    public const string ThreadsVariable = "PASTICHE_THREADS";

    private const int SpinsBeforeBlocking = 200;

    private readonly Thread[] _threads;
    private readonly object _gate = new();
    private Action<int, int> _body = static (_, _) => { };
    private int _count;
    private long _ticket;       // loop number in the high half, items left in the low half: taken by compare-and-swap
    private int _finished;
    private volatile Exception? _failure;
    private volatile bool _disposed;

    /// <summary>Starts the threads.</summary>
    /// <param name="threads">Threads including the caller's, from 1; <c>null</c>: <c>PASTICHE_THREADS</c>, else the processors.</param>
    public WorkerPool(int? threads = null)
    {
        Count = threads ?? DefaultThreads();
        ArgumentOutOfRangeException.ThrowIfLessThan(Count, 1, nameof(threads));
        _threads = new Thread[Count - 1];
        for (int i = 0; i < _threads.Length; i++)
        {
            int worker = i + 1;
            _threads[i] = new Thread(() => Serve(worker)) { IsBackground = true, Name = $"Pastiche worker {worker}" };
            _threads[i].Start();
        }
    }

    /// <summary>Threads, the caller's included.</summary>
    public int Count { get; }

    /// <summary>The number of threads that <c>PASTICHE_THREADS</c> asks for, else the number of processors.</summary>
    /// <exception cref="InvalidInputException">The variable is not a whole number from 1 to 1024.</exception>
    public static int DefaultThreads()
    {
        string? text = Environment.GetEnvironmentVariable(ThreadsVariable);
        if (string.IsNullOrWhiteSpace(text))
            return Environment.ProcessorCount;
        return int.TryParse(text, out int threads) && threads is >= 1 and <= 1024
            ? threads
            : throw new InvalidInputException($"{ThreadsVariable} is '{text}'; allowed: a whole number from 1 to 1024");
    }

    /// <summary>Runs <c>body(item, worker)</c> for every item from 0 to <paramref name="count"/>; returns when all are done.</summary>
    public void Run(int count, Action<int, int> body)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (Count == 1 || count <= 1)
        {
            for (int item = 0; item < count; item++)
                body(item, 0);
            return;
        }
        long loop = (_ticket >> 32) + 1;
        lock (_gate)
        {
            (_body, _count, _finished, _failure) = (body, count, 0, null);
            Volatile.Write(ref _ticket, loop << 32 | (long)count);
            Monitor.PulseAll(_gate);
        }
        Work(loop, 0);
        WaitForEnd();
        if (_failure is not null)
            ExceptionDispatchInfo.Throw(_failure);
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _disposed = true;
            Monitor.PulseAll(_gate);
        }
    }

    private void Serve(int worker)
    {
        for (long seen = 0; ;)
        {
            seen = WaitForLoop(seen);
            if (_disposed)
                return;
            Work(seen, worker);
        }
    }

    /// <summary>Takes items of one loop until there are none. A worker that comes late finds a newer loop's ticket and leaves.</summary>
    private void Work(long loop, int worker)
    {
        while (true)
        {
            long ticket = Volatile.Read(ref _ticket);
            int left = (int)ticket;
            if (ticket >> 32 != loop || left == 0)
                return;
            if (Interlocked.CompareExchange(ref _ticket, ticket - 1, ticket) != ticket)
                continue;
            // While this item is not finished the loop cannot end, so body and count are those of the ticket.
            try
            {
                _body(_count - left, worker);
            }
            catch (Exception exception)
            {
                _failure = exception;
            }
            if (Interlocked.Increment(ref _finished) == _count && worker != 0)
                Wake();
        }
    }

    private long WaitForLoop(long seen)
    {
        for (int spin = 0; spin < SpinsBeforeBlocking; spin++)
        {
            if (_disposed || Volatile.Read(ref _ticket) >> 32 != seen)
                return Volatile.Read(ref _ticket) >> 32;
            Thread.SpinWait(20);
        }
        lock (_gate)
        {
            while (!_disposed && Volatile.Read(ref _ticket) >> 32 == seen)
                Monitor.Wait(_gate);
            return _ticket >> 32;
        }
    }

    private void WaitForEnd()
    {
        for (int spin = 0; spin < SpinsBeforeBlocking; spin++)
        {
            if (Volatile.Read(ref _finished) == _count)
                return;
            Thread.SpinWait(20);
        }
        lock (_gate)
        {
            while (Volatile.Read(ref _finished) != _count)
                Monitor.Wait(_gate);
        }
    }

    private void Wake()
    {
        lock (_gate)
            Monitor.PulseAll(_gate);
    }
}
