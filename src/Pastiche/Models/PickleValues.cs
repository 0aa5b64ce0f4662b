namespace Pastiche.Models;

/// <summary>A name that a pickle asked for and that is allowed: a constructor or a storage type.</summary>
internal sealed record PickleGlobal(string Module, string Name)
{
    public override string ToString() => $"{Module}.{Name}";
}

/// <summary>A dictionary as a pickle builds it: pairs in order, the later of equal keys counting.</summary>
internal sealed class PickleDictionary
{
    private readonly List<KeyValuePair<object?, object?>> _pairs = [];

    /// <summary>Adds a pair.</summary>
    public void Add(object? key, object? value) => _pairs.Add(new(key, value));

    /// <summary>The value of a text key, or <c>null</c>.</summary>
    public object? Find(string key) => _pairs.FindLast(pair => pair.Key is string text && text == key).Value;

    /// <summary>The pairs whose key is text and whose value is a <typeparamref name="T"/>.</summary>
    public IEnumerable<KeyValuePair<string, T>> OfType<T>() =>
        from pair in _pairs
        where pair.Key is string && pair.Value is T
        select KeyValuePair.Create((string)pair.Key!, (T)pair.Value!);
}

/// <summary>A run of numbers kept outside the pickle.</summary>
/// <param name="Type">The type of its numbers.</param>
/// <param name="Key">The name under which the archive keeps it.</param>
/// <param name="Elements">How many numbers it has.</param>
internal sealed record PickleStorage(ElementType Type, string Key, long Elements);

/// <summary>A view into a storage; element <c>i</c> of extent <c>k</c> lies <c>i * Strides[k]</c> after <c>Offset</c>.</summary>
/// <param name="Storage">The numbers.</param>
/// <param name="Offset">The first element's index.</param>
/// <param name="Shape">The extents.</param>
/// <param name="Strides">The strides in elements, one an extent.</param>
internal sealed record PickleTensor(PickleStorage Storage, long Offset, long[] Shape, long[] Strides)
{
    /// <summary>Whether its elements lie in order without gaps.</summary>
    public bool IsContiguous
    {
        get
        {
            long expected = 1;
            for (int k = Shape.Length - 1; k >= 0; k--)
            {
                if (Shape[k] != 1 && Strides[k] != expected)
                    return false;
                expected *= Shape[k];
            }
            return true;
        }
    }

    /// <summary>The index in the storage of the last element; −1 when there is none.</summary>
    public long Last => Shape.Contains(0) ? -1 : Offset + Shape.Zip(Strides, (extent, stride) => checked((extent - 1) * stride)).Sum();
}
