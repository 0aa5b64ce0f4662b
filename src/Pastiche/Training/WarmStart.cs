using MathNet.Numerics.LinearAlgebra;
using Pastiche.Networks;

namespace Pastiche.Training;

/// <summary>Begins a training with a model that is there already, of as many channels or fewer.</summary>
internal static class WarmStart
{
    /// <summary>
    /// Takes encoder and decoders over. Channels that the model does not have keep their random kernels but are not read by what
    /// comes after them, so that every known channel and every decoded picture is as before (Chen et al., arXiv 1511.05641).
    /// </summary>
    /// <param name="weights">The model.</param>
    /// <param name="name">What messages call it.</param>
    /// <param name="layout">What is trained.</param>
    /// <param name="parameters">All numbers, random; receives the model's.</param>
    /// <exception cref="InvalidInputException">The model lacks a convolution, or has more channels than are trained.</exception>
    public static void Take(NetworkWeights weights, string name, CompactLayout layout, Span<float> parameters)
    {
        foreach (ConvolutionSlice slice in layout.Encoder.Concat(layout.Decoders.SelectMany(decoder => decoder)))
        {
            ConvolutionWeights known = Find(weights, slice.Name)
                ?? throw new InvalidInputException($"model {name} cannot be trained further: it has no {slice.Name}");
            if (known.Inputs > slice.Inputs || known.Outputs > slice.Outputs)
            {
                throw new InvalidInputException(
                    $"model {name} cannot be trained further: {slice.Name} leads from {known.Inputs} to {known.Outputs} channels; allowed: at most {slice.Inputs} to {slice.Outputs}");
            }
            Span<float> kernel = slice.Kernel(parameters);
            for (int output = 0; output < known.Outputs; output++)
            {
                Span<float> target = kernel.Slice(output * slice.Inputs * slice.Taps, slice.Inputs * slice.Taps);
                target.Clear();
                known.Kernel.AsSpan(output * known.Inputs * slice.Taps, known.Inputs * slice.Taps).CopyTo(target);
            }
            known.Bias.CopyTo(slice.Bias(parameters));
        }
    }

    /// <summary>Sets the readouts, which no model keeps, to what predicts the teacher's features best by least squares.</summary>
    /// <param name="layout">What is trained.</param>
    /// <param name="parameters">All numbers; receives the readouts'.</param>
    /// <param name="teacher">The teacher at the common scale.</param>
    /// <param name="pictures">Planes <c>[3, height, width]</c> with their size.</param>
    /// <param name="compute">What to compute with.</param>
    public static void FitReadouts(
        CompactLayout layout, float[] parameters, NetworkWeights teacher, IEnumerable<(float[] Planes, int Height, int Width)> pictures,
        NetworkCompute compute)
    {
        NetworkWeights student = TrainedModel.Weights(layout, parameters);
        IReadOnlyDictionary<Tap, Matrix<double>> maps = TeacherMetric.Maps(student, teacher, [.. layout.ReadoutTaps], pictures, compute);
        foreach ((Tap tap, ConvolutionSlice slice) in layout.ReadoutTaps.Zip(layout.Readouts))
        {
            Span<float> kernel = slice.Kernel(parameters);      // [teacher, student]
            for (int i = 0; i < kernel.Length; i++)
                kernel[i] = (float)maps[tap][i % slice.Inputs, i / slice.Inputs];
            slice.Bias(parameters).Clear();
        }
    }

    private static ConvolutionWeights? Find(NetworkWeights weights, string name) =>
        weights.Convolutions.FirstOrDefault(convolution => convolution.Name == name)
        ?? weights.Decoders.SelectMany(decoder => decoder.Convolutions, (decoder, convolution) => (Name: $"decoder{decoder.Level}.{convolution.Name}", convolution))
            .FirstOrDefault(candidate => candidate.Name == name).convolution;
}
