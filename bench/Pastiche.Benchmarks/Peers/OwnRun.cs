using Pastiche.Engines;
using Pastiche.Imaging;
using Pastiche.Models;

namespace Pastiche.Benchmarks.Peers;

/// <summary>A whole run of ours, from reading the model to the picture.</summary>
/// <param name="Options">Its settings.</param>
/// <param name="Cost">What it took, in milliseconds.</param>
/// <param name="Measures">The judge's.</param>
/// <param name="Picture">The picture.</param>
/// <param name="InstructionSet">The vector path.</param>
internal sealed record OwnRun(GatysOptions Options, Cost Cost, double[] Measures, Picture Picture, string InstructionSet)
{
    /// <summary>Evaluations from which a search begins.</summary>
    public const int FewestIterations = 10;

    private const int MostIterations = 2000, WeightsPerCount = 4;
    private const double MoreIterations = 1.25, LessWeight = 1.4;

    /// <summary>
    /// The shortest run that is no worse than a peer in any measure: evaluations are raised by a quarter until one is. Where the style is
    /// reached and the content alone is not, the style weight is lowered.
    /// </summary>
    /// <param name="content">The photograph.</param>
    /// <param name="style">The painting.</param>
    /// <param name="options">The settings to start with, number of evaluations included.</param>
    /// <param name="goal">The peer's measures.</param>
    /// <param name="judge">The judge.</param>
    /// <param name="threads">Threads.</param>
    /// <param name="report">Hears of every run.</param>
    /// <returns>The run; <c>null</c> when none of up to 2000 evaluations gets there.</returns>
    public static OwnRun? Until(
        Picture content, Picture style, GatysOptions options, double[] goal, IPeerJudge judge, int threads, Action<OwnRun> report)
    {
        for (double iterations = options.Iterations; iterations <= MostIterations; iterations *= MoreIterations)
        {
            options = options with { Iterations = (int)iterations };
            for (int attempt = 0; attempt < WeightsPerCount; attempt++)
            {
                OwnRun run = Of(content, style, options, judge, threads);
                report(run);
                bool[] isReached = [.. run.Measures.Zip(goal, (own, peers) => own <= peers)];
                if (isReached.All(reached => reached))
                    return run;
                if (goal.Length == 1 || !isReached[..^1].All(reached => reached))
                    break;
                options = options with { StyleWeight = options.StyleWeight / LessWeight };
            }
        }
        return null;
    }

    /// <summary>A run with settings.</summary>
    public static OwnRun Of(Picture content, Picture style, GatysOptions options, IPeerJudge judge, int threads)
    {
        Cost.Meter meter = Cost.Start();
        StyleResult result = Stylizer.Run(new StyleTransferRequest
        {
            Content = content,
            Styles = [new StyleSource(style)],
            Size = Math.Max(content.Width, content.Height),
            Model = ModelSource.Vgg19.Name,
            Gatys = options,
            Threads = threads,
        });
        return new OwnRun(options, meter.Elapsed, judge.Judge(result.Picture), result.Picture, result.Run.InstructionSet);
    }
}
