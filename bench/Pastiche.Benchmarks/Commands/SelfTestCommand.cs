using Pastiche.Benchmarks.Chains;
using Pastiche.Compute;
using Pastiche.Networks;

namespace Pastiche.Benchmarks.Commands;

/// <summary>
/// <c>selftest</c>: both engines on small networks against the definition in double precision, their gradients against
/// its finite differences.
/// </summary>
internal static class SelfTestCommand
{
    private const int Size = 16;
    private const int Samples = 150;
    private const double Step = 1e-6;
    private const double MostError = 1e-4;

    // VGG-19's beginnings with channels that fill blocks of 16, and with some that do not: other paths are taken.
    private static readonly int[][][] Networks = [[[16, 16], [32, 32], [16]], [[5, 7], [6, 8], [9]], [[16, 16]]];

    public static int Run(IReadOnlyList<string> args)
    {
        int threads = new Arguments(args, "--threads").Threads();
        bool isRight = true;
        for (int i = 0; i < Networks.Length; i++)
        {
            NetworkWeights network = BenchmarkNetwork.Random(Networks[i], seed: i + 1);
            string tap = network.Convolutions[^1].Name.Replace("conv", "relu", StringComparison.Ordinal);
            foreach (PoolingKind pooling in Enum.GetValues<PoolingKind>())
            {
                var reference = new ReferenceChain(ChainStage.UpTo(network, tap), Size, pooling);
                foreach (string engine in Engines.Names)
                {
                    using IChain chain = Engines.Factory(engine, network, threads)(Size, tap, pooling);
                    isRight &= Check(chain, reference, $"network {i + 1}, {pooling} pooling");
                }
            }
        }
        Console.WriteLine(isRight ? "all right" : "WRONG");
        return isRight ? 0 : 1;
    }

    private static bool Check(IChain chain, ReferenceChain reference, string title)
    {
        double[] picture = [.. BenchmarkNetwork.Picture(Size).Select(value => (double)value)];
        chain.Forward();
        chain.ForwardBackward();
        double outputError = Statistics.RelativeError(chain.Output(), [.. reference.Forward(picture).Select(value => (float)value)]);

        var random = new Random(7);
        var sampled = new float[Samples];
        var expected = new float[Samples];
        for (int i = 0; i < Samples; i++)
        {
            int index = random.Next(picture.Length);
            double original = picture[index];
            picture[index] = original + Step;
            double above = reference.Loss(picture);
            picture[index] = original - Step;
            double below = reference.Loss(picture);
            picture[index] = original;
            expected[i] = (float)((above - below) / (2 * Step));
            sampled[i] = chain.InputGradient()[index];
        }
        double gradientError = Statistics.RelativeError(sampled, expected);
        bool isRight = outputError <= MostError && gradientError <= MostError;
        Console.WriteLine($"{chain.Name}, {title}: output error {outputError:0.0E-0}, gradient error {gradientError:0.0E-0}{(isRight ? "" : "  WRONG")}");
        return isRight;
    }
}
