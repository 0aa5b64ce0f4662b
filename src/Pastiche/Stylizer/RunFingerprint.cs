using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Pastiche.Engines;
using Pastiche.Imaging;
using Pastiche.Regions;

namespace Pastiche;

/// <summary>A hash of all that the picture of an optimisation depends on.</summary>
internal static class RunFingerprint
{
    /// <summary>Computes it, SHA-256 in lower-case hex.</summary>
    /// <param name="choice">The engine's settings.</param>
    /// <param name="modelSha256">The model's hash.</param>
    /// <param name="input">Photograph, start and regions at the size of the result, and the paintings at the size at which they are read.</param>
    public static string Of(EngineChoice choice, string modelSha256, EngineInput input)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Add(hash, JsonSerializer.Serialize(choice.Gatys, FingerprintJson.Default.GatysOptions));
        Add(hash, FormattableString.Invariant($"{choice.IsSeamless} {modelSha256} {input.Styles.Count}"));
        foreach (WeightedStyle style in input.Styles)
        {
            Add(hash, FormattableString.Invariant($"{style.Weight:R}"));
            Add(hash, style.Picture);
        }
        Add(hash, input.Content);
        Add(hash, input.Start);
        if (input.Map is { } map)
        {
            foreach (Region region in map.Regions)
            {
                Add(hash, string.Join(' ', region.Styles));
                Add(hash, map.Painted(region));
            }
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static void Add(IncrementalHash hash, Picture picture)
    {
        Add(hash, FormattableString.Invariant($"{picture.Width} {picture.Height} {picture.Alpha is not null}"));
        Add(hash, picture.Planes);
        Add(hash, picture.Alpha);
    }

    private static void Add(IncrementalHash hash, ReadOnlySpan<float> values) => hash.AppendData(MemoryMarshal.AsBytes(values));

    // The end is marked, so that two texts do not run into each other.
    private static void Add(IncrementalHash hash, string text) => hash.AppendData(Encoding.UTF8.GetBytes(text + "\0"));
}

/// <summary>Writes options for their hash.</summary>
[JsonSerializable(typeof(GatysOptions))]
internal sealed partial class FingerprintJson : JsonSerializerContext;
