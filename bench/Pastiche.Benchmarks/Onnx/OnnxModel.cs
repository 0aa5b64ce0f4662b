using Pastiche.Benchmarks.Chains;
using Pastiche.Compute;
using Pastiche.Networks;

namespace Pastiche.Benchmarks.Onnx;

/// <summary>
/// The chain as an ONNX model: forward, or forward and backward to the input, where the backward pass is made of ordinary
/// nodes (ONNX Runtime's inference package knows no gradients). Everything is arranged so that ONNX Runtime is fast.
/// </summary>
/// <remarks>
/// Masks are numbers, not Booleans: <c>HardSigmoid(x) = clamp(Steep * x + beta, 0, 1)</c> is 1 or 0 for everything that
/// occurs, is one threaded, vectorised node, and spares the comparison, the cast and the slow <c>Where</c>.
/// See bench/README.md for what else was tried.
/// </remarks>
internal sealed class OnnxModel
{
    // 2^100: a value counts as positive above 2^-100.
    private const float Steep = 1.2676506e30f;

    private readonly OnnxGraph _graph = new();
    private readonly IReadOnlyList<ChainStage> _stages;
    private readonly PoolingKind _pooling;
    private readonly string[] _activations; // per stage, after the ReLU
    private readonly string[] _pooled;      // per stage that pools before: the pooled activation

    private OnnxModel(IReadOnlyList<ChainStage> stages, int size, PoolingKind pooling)
    {
        int poolings = stages.Count(stage => stage.PoolsBefore);
        if (size <= 0 || size % (1 << poolings) != 0)
            throw new InvalidInputException($"size is {size}; allowed: multiples of {1 << poolings}, so that no pooling drops a row");
        (_stages, _pooling) = (stages, pooling);
        (_activations, _pooled) = (new string[stages.Count], new string[stages.Count]);
        AddForward(_graph.Input("input", 1, 3, size, size));
    }

    /// <summary>The model whose output is the last activation <c>[1, channels, height, width]</c>.</summary>
    public static byte[] Forward(IReadOnlyList<ChainStage> stages, int size, PoolingKind pooling)
    {
        var model = new OnnxModel(stages, size, pooling);
        int lastSize = size >> stages.Count(stage => stage.PoolsBefore);
        model._graph.Output(model._activations[^1], 1, stages[^1].Convolution.Outputs, lastSize, lastSize);
        return model._graph.ToModel();
    }

    /// <summary>
    /// The model whose output is the gradient <c>[1, 3, size, size]</c> of <c>0.5 * ||last activation||^2</c> with respect
    /// to the input.
    /// </summary>
    public static byte[] ForwardBackward(IReadOnlyList<ChainStage> stages, int size, PoolingKind pooling)
    {
        var model = new OnnxModel(stages, size, pooling);
        model._graph.Output(model.AddBackward(), 1, 3, size, size);
        return model._graph.ToModel();
    }

    private void AddForward(string value)
    {
        for (int i = 0; i < _stages.Count; i++)
        {
            (ConvolutionWeights convolution, bool poolsBefore) = _stages[i];
            string name = convolution.Name;
            if (poolsBefore)
                value = _pooled[i] = AddPooling($"{name}.pool", value);
            string kernel = _graph.Constant($"{name}.kernel", convolution.Kernel, convolution.Outputs, convolution.Inputs, 3, 3);
            string bias = _graph.Constant($"{name}.bias", convolution.Bias, convolution.Outputs);
            value = AddConvolution(name, value, kernel, bias);
            value = _activations[i] = _graph.Node("Relu", $"{name}.relu", [value]);
        }
    }

    private string AddBackward()
    {
        _graph.Constant("twice", [1, 1, 2, 2], 4);

        // The gradient of 0.5 * ||a||^2 is a, and a is zero already where its ReLU's mask is.
        string gradient = _activations[^1];
        for (int i = _stages.Count - 1; i > 0; i--)
        {
            gradient = AddConvolutionBackward(_stages[i], gradient);
            string name = $"{_stages[i - 1].Convolution.Name}.gradient";
            if (!_stages[i].PoolsBefore)
                gradient = AddMask(name, _activations[i - 1], gradient);
            else if (_pooling == PoolingKind.Average)
                gradient = AddMask(name, _activations[i - 1], AddUpsampling($"{name}.upsampled", gradient));
            else
                gradient = AddRoute(name, _activations[i - 1], _pooled[i], gradient);
        }
        return AddConvolutionBackward(_stages[0], gradient);
    }

    private string AddPooling(string name, string value) => _graph.Node(
        _pooling == PoolingKind.Max ? "MaxPool" : "AveragePool", name, [value],
        new("kernel_shape", new long[] { 2, 2 }), new("strides", new long[] { 2, 2 }));

    private string AddConvolution(string name, params string[] inputs) => _graph.Node(
        "Conv", name, inputs, new("kernel_shape", new long[] { 3, 3 }), new("pads", new long[] { 1, 1, 1, 1 }));

    // Average pooling's factor on the way back is folded into the weights.
    private string AddConvolutionBackward(ChainStage stage, string gradient)
    {
        (ConvolutionWeights convolution, bool poolsBefore) = stage;
        float scale = poolsBefore && _pooling == PoolingKind.Average ? 0.25f : 1;
        string kernel = _graph.Constant(
            $"{convolution.Name}.rotated", RotatedKernel(convolution, scale), convolution.Inputs, convolution.Outputs, 3, 3);
        return AddConvolution($"{convolution.Name}.backward", gradient, kernel);
    }

    private string AddUpsampling(string name, string value) => _graph.Node(
        "Resize", name, [value, "", "twice"],
        new("mode", "nearest"), new("coordinate_transformation_mode", "asymmetric"), new("nearest_mode", "floor"));

    private string AddMask(string name, string activation, string gradient)
    {
        string mask = AddStep($"{name}.mask", activation, beta: 0);
        return _graph.Node("Mul", name, [mask, gradient]);
    }

    // The gradient goes to the maximum. Masking by the pooled activation, a quarter of the size, does the ReLU's part too:
    // where the maximum is positive, so is what it came from.
    private string AddRoute(string name, string activation, string pooled, string gradient)
    {
        string masked = AddMask($"{name}.pooled", pooled, gradient);
        string below = _graph.Node("Sub", $"{name}.below", [activation, AddUpsampling($"{name}.maximum", pooled)]);
        string isMaximum = AddStep($"{name}.route", below, beta: 1);
        return _graph.Node("Mul", name, [isMaximum, AddUpsampling($"{name}.upsampled", masked)]);
    }

    private string AddStep(string name, string value, float beta) =>
        _graph.Node("HardSigmoid", name, [value], new("alpha", Steep), new("beta", beta));

    private static float[] RotatedKernel(ConvolutionWeights convolution, float scale)
    {
        (int outputs, int inputs) = (convolution.Outputs, convolution.Inputs);
        var rotated = new float[convolution.Kernel.Length]; // [inputs, outputs, 3, 3]
        for (int output = 0; output < outputs; output++)
        {
            for (int input = 0; input < inputs; input++)
            {
                ReadOnlySpan<float> kernel = convolution.Kernel.AsSpan((output * inputs + input) * 9, 9);
                Span<float> target = rotated.AsSpan((input * outputs + output) * 9, 9);
                for (int tap = 0; tap < 9; tap++)
                    target[8 - tap] = kernel[tap] * scale;
            }
        }
        return rotated;
    }
}
