namespace Pastiche.Benchmarks.Autoencoders;

/// <summary>An encoder and a decoder for each of the levels: <c>relu1_1</c> to <c>relu5_1</c> and back to the picture.</summary>
internal interface IAutoencoder : IDisposable
{
    /// <summary>What the tables call it.</summary>
    string Name { get; }

    /// <summary>Encodes a picture and decodes it from each level.</summary>
    /// <param name="planes">Red, green, blue, <c>[3, height, width]</c>, 0 to 1.</param>
    /// <param name="height">Height in pixels, a multiple of 16.</param>
    /// <param name="width">Width in pixels, a multiple of 16.</param>
    /// <returns>The decoded picture <c>[3, height, width]</c> of each level, level 1 first; not clamped.</returns>
    IReadOnlyList<float[]> Reconstruct(float[] planes, int height, int width);
}
