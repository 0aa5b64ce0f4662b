using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Microsoft.ML.OnnxRuntime;

namespace Pastiche.Benchmarks;

/// <summary>What a measurement must say of the machine to mean anything.</summary>
internal static class Machine
{
    /// <summary>The lines above every table.</summary>
    public static string Header(int threads) => $"""
        {Processor()}, {Environment.ProcessorCount} cores, {threads} threads, vectors of {VectorBits()} bits
        .NET {Environment.Version}, ONNX Runtime {OrtEnv.Instance().GetVersionString()}, {RuntimeInformation.OSDescription}

        """;

    private static int VectorBits() =>
        Vector512.IsHardwareAccelerated ? 512
        : Vector256.IsHardwareAccelerated ? 256
        : Vector128.IsHardwareAccelerated ? 128
        : 0;

    private static string Processor()
    {
        const string cpuInfo = "/proc/cpuinfo";
        string? line = File.Exists(cpuInfo)
            ? File.ReadLines(cpuInfo).FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))
            : null;
        return line?.Split(':', 2)[1].Trim() ?? $"{RuntimeInformation.ProcessArchitecture} processor";
    }
}
