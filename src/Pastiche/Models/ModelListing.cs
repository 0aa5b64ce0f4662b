namespace Pastiche.Models;

/// <summary>A model that is built in or stored, or that can be pulled.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Path">Its file; <c>null</c> when it is built in or not stored.</param>
/// <param name="Size">Its size in bytes, or that of its download; <c>null</c> when unknown.</param>
/// <param name="Input">Its input convention; <c>null</c> when the file does not tell.</param>
/// <param name="Licence">The licence of the weights; <c>null</c> when unknown.</param>
/// <param name="Sha256">The SHA-256 that was recorded for it; <c>null</c> when none was.</param>
/// <param name="Description">What it is or where it came from; <c>null</c> when unknown.</param>
public sealed record ModelListing(
    string Name, string? Path, long? Size, string? Input, string? Licence, string? Sha256, string? Description)
{
    /// <summary>Whom to name for the weights; <c>null</c> when unknown.</summary>
    public string? Attribution { get; init; }

    /// <summary>Whether it is a part of the library, which needs no file.</summary>
    public bool IsBuiltIn { get; init; }

    /// <summary>Whether it can be used at once on this machine.</summary>
    public bool IsInstalled => IsBuiltIn || Path is not null;
}

/// <summary>What <see cref="ModelStore.Verify"/> found.</summary>
public enum ModelHealth
{
    /// <summary>The file is what was stored.</summary>
    Intact,

    /// <summary>No hash was recorded for the file; it can be read.</summary>
    Unrecorded,

    /// <summary>The file differs from what was stored, is gone or cannot be read.</summary>
    Damaged,
}

/// <summary>The state of a model.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Path">Its file; <c>null</c> when it is built in.</param>
/// <param name="Health">How it is.</param>
/// <param name="Detail">Why, in one line.</param>
public sealed record ModelCheck(string Name, string? Path, ModelHealth Health, string Detail);

/// <summary>What is being done to store a model.</summary>
public enum ModelStep
{
    /// <summary>Its bytes are coming in.</summary>
    Downloading,

    /// <summary>Its hash is being computed.</summary>
    Verifying,

    /// <summary>Its convolutions are being rewritten as a safetensors file.</summary>
    Converting,
}

/// <summary>How far the storing of a model has come.</summary>
/// <param name="Step">What is being done.</param>
/// <param name="Source">To what: the address or the file.</param>
/// <param name="Bytes">Bytes done.</param>
/// <param name="Total">Bytes in all; <c>null</c> when unknown.</param>
public sealed record ModelProgress(ModelStep Step, string Source, long Bytes, long? Total);
