using Pastiche.Compute;
using Pastiche.Models;
using Pastiche.Networks;
using static Pastiche.Benchmarks.Autoencoders.ReflectedConvolution;

namespace Pastiche.Benchmarks.Autoencoders;

/// <summary>
/// The peer: the networks of Collaborative Distillation (Wang et al., CVPR 2020), VGG-19 compressed sixteenfold, a pair of an
/// encoder and a decoder of its own for each level. A 1x1 convolution takes RGB to BGR * 255 - mean; then come 3x3 convolutions
/// padded by reflection, each with a ReLU, the decoder's last too. The <c>*_aux</c> layers served their training alone.
/// </summary>
internal sealed class DistilledAutoencoder : IAutoencoder
{
    private const int Levels = 5;

    private readonly List<Level> _levels;

    /// <summary>Reads the networks.</summary>
    /// <param name="folder">The folder with <c>encoder1.safetensors</c> and so on.</param>
    /// <param name="compute">What to compute with; stays the caller's.</param>
    /// <exception cref="InvalidInputException">A file cannot be read.</exception>
    public DistilledAutoencoder(string folder, NetworkCompute compute) =>
        _levels = [.. Enumerable.Range(1, Levels).Select(level => new Level(folder, level, compute))];

    public string Name => "distilled16x";

    public IReadOnlyList<float[]> Reconstruct(float[] planes, int height, int width) =>
        [.. _levels.Select(level => level.Reconstruct(planes, height, width))];

    public void Dispose() => _levels.ForEach(level => level.Dispose());

    private sealed class Level : IDisposable
    {
        private readonly float[] _colourKernel, _colourBias;
        private readonly List<ReflectedConvolution> _layers = [];
        private readonly FeatureMap _input = new();

        public Level(string folder, int level, NetworkCompute compute)
        {
            using TensorFile encoder = TensorFile.Open(Path.Combine(folder, $"encoder{level}.safetensors"));
            using TensorFile decoder = TensorFile.Open(Path.Combine(folder, $"decoder{level}.safetensors"));
            (_colourKernel, _colourBias) = (encoder.Read("conv0.weight"), encoder.Read("conv0.bias"));
            int last = Vgg19.FirstTapOf(level).Convolution;
            for (int i = 0; i <= last; i++)
            {
                Resize resize = Vgg19.IsPooled(i) && i < last ? Resize.MaxPooling : Resize.None;
                _layers.Add(new ReflectedConvolution(Weights(encoder, Vgg19.Names[i]), resize, compute));
            }
            foreach (string name in DecoderWeights.Names(level))
            {
                Resize resize = DecoderWeights.IsEnlarged(name) ? Resize.NearestUpsampling : Resize.None;
                _layers.Add(new ReflectedConvolution(Weights(decoder, name), resize, compute));
            }
        }

        public float[] Reconstruct(float[] planes, int height, int width)
        {
            _input.Reshape(3, height, width);
            _input.CopyFromPlanes(Recolour(planes));
            FeatureMap map = _input;
            foreach (ReflectedConvolution layer in _layers)
                map = layer.Forward(map);
            return map.ToPlanes();
        }

        public void Dispose()
        {
            _layers.ForEach(layer => layer.Dispose());
            _input.Dispose();
        }

        // The field's conv3_1 is called conv31 in these files.
        private static ConvolutionWeights Weights(TensorFile file, string name)
        {
            string stored = name.Replace("_", "", StringComparison.Ordinal);
            IReadOnlyList<long> shape = file.Tensors[$"{stored}.weight"].Shape;
            return new ConvolutionWeights(
                name, (int)shape[1], (int)shape[0], file.Read($"{stored}.weight"), file.Read($"{stored}.bias"));
        }

        private float[] Recolour(float[] planes)
        {
            int pixels = planes.Length / 3;
            var recoloured = new float[planes.Length];
            for (int i = 0; i < recoloured.Length; i++)
            {
                (int output, int pixel) = (i / pixels, i % pixels);
                float sum = _colourBias[output];
                for (int input = 0; input < 3; input++)
                    sum += _colourKernel[3 * output + input] * planes[input * pixels + pixel];
                recoloured[i] = sum;
            }
            return recoloured;
        }
    }
}
