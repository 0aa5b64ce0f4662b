namespace Pastiche.Training;

/// <summary>
/// Random numbers that are a pure function of a key (Steele, Lea and Flood, "Fast splittable pseudorandom number generators",
/// OOPSLA 2014). Keyed by seed, step and sample, a training draws the same numbers again when it is resumed.
/// </summary>
internal struct SplitMix64
{
    private const ulong GoldenGamma = 0x9E3779B97F4A7C15;

    private ulong _state;

    /// <summary>Starts the stream of a key.</summary>
    /// <param name="key">The parts of the key; their order counts.</param>
    public SplitMix64(params ReadOnlySpan<ulong> key)
    {
        foreach (ulong part in key)
            _state = Mix(_state + GoldenGamma) ^ part;
        _state = Mix(_state);
    }

    /// <summary>A number that is uniform over all of its range.</summary>
    public ulong Next() => Mix(_state += GoldenGamma);

    /// <summary>A number that is uniform from 0 to <paramref name="count"/> - 1.</summary>
    public int NextInt(int count) => (int)Math.BigMul(Next(), (ulong)count, out _);

    /// <summary>A number that is uniform from 0 to 1, without 1.</summary>
    public double NextDouble() => (Next() >> 11) * (1.0 / (1UL << 53));

    /// <summary>A number that is uniform from <paramref name="least"/> to <paramref name="most"/>.</summary>
    public double NextDouble(double least, double most) => least + (most - least) * NextDouble();

    private static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
