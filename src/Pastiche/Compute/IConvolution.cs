namespace Pastiche.Compute;

/// <summary>3x3 convolution with stride 1 and a padding of one pixel, whatever vector width computes it.</summary>
internal interface IConvolution
{
    /// <summary>Convolves a whole map. The sink sees each tile of each block of sixteen output channels once.</summary>
    void Run(FeatureMap source, ITileSink sink);

    /// <summary>Convolves run by run, reading what the source prepares for each.</summary>
    void Run(IPatchSource source, IReadOnlyList<TileRun> runs, ITileSink sink);
}
