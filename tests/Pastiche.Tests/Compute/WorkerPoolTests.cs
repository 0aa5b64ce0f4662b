using Pastiche.Compute;

namespace Pastiche.Tests.Compute;

public sealed class WorkerPoolTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(8)]
    public void Every_item_runs_exactly_once_and_workers_are_those_of_the_pool(int threads)
    {
        using var pool = new WorkerPool(threads);
        // Many short loops one after the other: a worker that comes late must not take items of the next loop twice.
        for (int loop = 0; loop < 2000; loop++)
        {
            int count = loop % 37;
            int[] runs = new int[count], workers = new int[count];
            pool.Run(count, (item, worker) =>
            {
                Interlocked.Increment(ref runs[item]);
                workers[item] = worker;
            });
            Assert.All(runs, times => Assert.Equal(1, times));
            Assert.All(workers, worker => Assert.InRange(worker, 0, threads - 1));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void An_exception_reaches_the_caller_and_the_pool_goes_on(int threads)
    {
        using var pool = new WorkerPool(threads);
        for (int round = 0; round < 20; round++)
        {
            var thrown = Assert.Throws<InvalidOperationException>(() => pool.Run(10, (item, _) =>
            {
                if (item == 7)
                    throw new InvalidOperationException("seven");
            }));
            Assert.Equal("seven", thrown.Message);
            int sum = 0;
            pool.Run(10, (item, _) => Interlocked.Add(ref sum, item));
            Assert.Equal(45, sum);
        }
    }

    [Fact]
    public void A_worker_sees_no_two_items_at_once()
    {
        using var pool = new WorkerPool(4);
        var busy = new int[4];
        pool.Run(400, (_, worker) =>
        {
            Assert.Equal(1, Interlocked.Increment(ref busy[worker]));
            Thread.SpinWait(200);
            Interlocked.Decrement(ref busy[worker]);
        });
    }

    [Fact]
    public void A_disposed_pool_and_a_pool_without_threads_are_refused()
    {
        var pool = new WorkerPool(2);
        pool.Dispose();
        Assert.Throws<ObjectDisposedException>(() => pool.Run(1, (_, _) => { }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new WorkerPool(0));
    }
}
