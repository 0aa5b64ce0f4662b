using System.Numerics.Tensors;
using Pastiche.Compute;
using Pastiche.Networks;
using Pastiche.Optimizers;

namespace Pastiche.Training;

/// <summary>
/// Trains <c>compact</c> step by step. The crops of a batch are dealt out to workers; each crop's gradient has an array of its
/// own, and they are added in order, so that the result does not depend on the number of threads.
/// </summary>
internal sealed class CompactTrainer : IDisposable
{
    private const int FirstJudged = 2;

    private readonly TrainingOptions _options;
    private readonly PhotoFolder _photos;
    private readonly WorkerPool _pool;
    private readonly TrainedNetwork _network;
    private readonly CompactPass[] _passes;
    private readonly LearningRateSchedule _learningRate;
    private readonly float[][] _gradients;
    private readonly float[] _planes;
    private TrainingStage? _loaded;

    /// <summary>Begins a training.</summary>
    /// <param name="options">Valid options.</param>
    /// <param name="photos">The photographs.</param>
    /// <param name="teacher">The teacher at the common scale.</param>
    /// <param name="channels">The encoder's channels for each block.</param>
    public CompactTrainer(TrainingOptions options, PhotoFolder photos, NetworkWeights teacher, IReadOnlyList<int> channels)
    {
        (_options, _photos, _learningRate) = (options, photos, new LearningRateSchedule(options));
        Layout = new CompactLayout(channels, [.. teacher.Convolutions.Select(convolution => convolution.Outputs)]);
        Parameters = Layout.Initialize(options.Seed);
        Adam = new AdamState(Parameters.Length);
        // A worker costs a teacher of its own; more of them than crops would have nothing to do.
        _pool = new WorkerPool(Math.Min(options.Threads ?? WorkerPool.DefaultThreads(), options.Batch));
        _network = new TrainedNetwork(Layout, Parameters, _pool);
        // What a network sees beyond the border is a matter of taste; ours mirrors, and could not predict another's zeros.
        NetworkWeights mirrored = teacher with { Padding = PaddingKind.Reflection };
        var weights = new TrainingWeights(
            options.ReadoutWeight / options.Batch, options.PixelWeight / options.Batch, options.PerceptualWeight / options.Batch);
        _passes = [.. Enumerable.Range(0, _pool.Count).Select(_ => new CompactPass(_network, mirrored, weights))];
        _gradients = [.. Enumerable.Range(0, options.Batch).Select(_ => new float[Parameters.Length])];
        _planes = new float[options.Batch * CropLength];
    }

    /// <summary>What the parameters are.</summary>
    public CompactLayout Layout { get; }

    /// <summary>All numbers.</summary>
    public float[] Parameters { get; }

    /// <summary>The optimizer's memory; its steps are the training's.</summary>
    public AdamState Adam { get; }

    private int CropLength => 3 * _options.CropSize * _options.CropSize;

    /// <summary>The step size of a step, from 0.</summary>
    public double LearningRate(int step) => _learningRate[step];

    /// <summary>Takes one step.</summary>
    /// <returns>The batch's mean losses before the step.</returns>
    /// <exception cref="InvalidOperationException">The gradient is not finite.</exception>
    public SampleLosses Step()
    {
        var step = (int)Adam.Steps;
        TrainingStage stage = _options.StageOf(step);
        LoadWeights(stage);
        _pool.Run(_passes.Length, (pass, _) => _passes[pass].Load());
        var losses = new SampleLosses[_options.Batch];
        _pool.Run(_options.Batch, (sample, worker) => losses[sample] = Run(step, sample, _passes[worker]));

        float[] gradient = _gradients[0];
        for (int sample = 1; sample < _gradients.Length; sample++)
            TensorPrimitives.Add(gradient, _gradients[sample], gradient);
        if (!float.IsFinite(TensorPrimitives.Sum(gradient)))
            throw new InvalidOperationException($"the gradient of step {step + 1} is not finite; a smaller learning rate may help");
        // What does not learn any more has no gradient, but would drift on by Adam's running mean.
        Adam.Step(Parameters, gradient, [.. Layout.Learning(stage).Select(slice => slice.Range)], Bounds.None, _learningRate[step]);
        return SampleLosses.Mean(losses);
    }

    public void Dispose()
    {
        foreach (CompactPass pass in _passes)
            pass.Dispose();
        _network.Dispose();
        _pool.Dispose();
    }

    // What learnt in the last step has changed since; the rest, only when a stage begins.
    private void LoadWeights(TrainingStage stage)
    {
        _network.Load(stage == _loaded ? Layout.Learning(stage) : Layout.AllSlices);
        _loaded = stage;
    }

    private SampleLosses Run(int step, int sample, CompactPass pass)
    {
        Span<float> planes = _planes.AsSpan(sample * CropLength, CropLength);
        _photos.Crop((ulong)_options.Seed, step, sample, _options.CropSize, planes);
        float[] gradient = _gradients[sample];
        Array.Clear(gradient);
        return _options.StageOf(step) switch
        {
            TrainingStage.Joint => pass.Run(planes, _options.CropSize, gradient),
            // The teacher judges the deeper decoders in turn; the first two have hardly anything to learn from it.
            TrainingStage.Decoders => pass.RunDecoders(
                planes, _options.CropSize, FirstJudged + (step * _options.Batch + sample) % (Layout.Decoders.Count - FirstJudged), gradient),
            _ => pass.RunDeep(planes, _options.CropSize, sample == 0 ? _options.Batch : 0, gradient),
        };
    }
}
