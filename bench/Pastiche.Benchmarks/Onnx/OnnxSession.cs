using Microsoft.ML.OnnxRuntime;

namespace Pastiche.Benchmarks.Onnx;

/// <summary>One ONNX Runtime session with one input and one output, both bound once to memory of their own.</summary>
internal sealed class OnnxSession : IDisposable
{
    private readonly SessionOptions _options;
    private readonly InferenceSession _session;
    private readonly OrtIoBinding _binding;
    private readonly RunOptions _run = new();
    private readonly OrtValue _input, _output;

    /// <summary>Loads a model.</summary>
    /// <param name="model">The ModelProto.</param>
    /// <param name="input">The input's values; the session reads this very array at each run.</param>
    /// <param name="threads">Threads within an operator.</param>
    /// <param name="profilePrefix">Where to write a profile: path and beginning of the file's name; <c>null</c>: none.</param>
    public OnnxSession(byte[] model, float[] input, int threads, string? profilePrefix = null)
    {
        // Execution order, thread spinning, memory arena and memory pattern stay at ONNX Runtime's defaults.
        _options = new SessionOptions
        {
            GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL,
            ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
            IntraOpNumThreads = threads,
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR,
        };
        if (profilePrefix is not null)
        {
            _options.ProfileOutputPathPrefix = profilePrefix;
            _options.EnableProfiling = true;
        }
        _session = new InferenceSession(model, _options);
        _input = OrtValue.CreateTensorValueFromMemory(input, Shape(_session.InputMetadata.Values.Single()));
        NodeMetadata output = _session.OutputMetadata.Values.Single();
        Output = new float[output.Dimensions.Aggregate(1, (count, dimension) => count * dimension)];
        _output = OrtValue.CreateTensorValueFromMemory(Output, Shape(output));
        _binding = _session.CreateIoBinding();
        _binding.BindInput(_session.InputNames.Single(), _input);
        _binding.BindOutput(_session.OutputNames.Single(), _output);
    }

    /// <summary>The output of the latest run.</summary>
    public float[] Output { get; }

    public void Run() => _session.RunWithBinding(_run, _binding);

    /// <summary>Ends profiling.</summary>
    /// <returns>The profile's file.</returns>
    public string EndProfiling() => _session.EndProfiling();

    public void Dispose()
    {
        _binding.Dispose();
        _output.Dispose();
        _input.Dispose();
        _run.Dispose();
        _session.Dispose();
        _options.Dispose();
    }

    private static long[] Shape(NodeMetadata value) => [.. value.Dimensions.Select(dimension => (long)dimension)];
}
