namespace Pastiche.Models;

/// <summary>Where a PyTorch file keeps its pickle and its storages: the two formats of <c>torch.save</c> differ in nothing else.</summary>
internal abstract class PyTorchArchive : IDisposable
{
    /// <summary>The object that was saved.</summary>
    public abstract object? Root { get; }

    /// <summary>Reads numbers of a storage.</summary>
    /// <param name="storage">The storage, of a readable type.</param>
    /// <param name="first">The index of the first number.</param>
    /// <param name="values">Where the numbers go.</param>
    public abstract void Read(PickleStorage storage, long first, Span<float> values);

    /// <inheritdoc/>
    public virtual void Dispose() => GC.SuppressFinalize(this);
}
