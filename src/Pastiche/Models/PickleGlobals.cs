namespace Pastiche.Models;

/// <summary>
/// The only names that a pickle may ask for, and what this program does in their place. Nothing is ever looked up by name in
/// the running program: a name that is not in this list ends the reading.
/// </summary>
internal static class PickleGlobals
{
    private const int MaximumRank = 16;

    private static readonly Dictionary<string, ElementType> StorageTypes = new()
    {
        ["FloatStorage"] = ElementType.Float32,
        ["HalfStorage"] = ElementType.Float16,
        ["BFloat16Storage"] = ElementType.BFloat16,
        ["LongStorage"] = ElementType.Int64,
        ["DoubleStorage"] = ElementType.Find("F64")!,
        ["IntStorage"] = ElementType.Find("I32")!,
        ["ShortStorage"] = ElementType.Find("I16")!,
        ["CharStorage"] = ElementType.Find("I8")!,
        ["ByteStorage"] = ElementType.Find("U8")!,
        ["BoolStorage"] = ElementType.Find("BOOL")!,
    };

    /// <summary>Whether a pickle may ask for the name.</summary>
    public static bool IsAllowed(PickleGlobal global) => global switch
    {
        { Module: "collections", Name: "OrderedDict" } => true,
        { Module: "torch._utils", Name: "_rebuild_tensor" or "_rebuild_tensor_v2" or "_rebuild_parameter" } => true,
        { Module: "torch" } => StorageTypes.ContainsKey(global.Name),
        _ => false,
    };

    /// <summary>Makes what a call of the name with these arguments would have made.</summary>
    /// <returns>The object, or <c>null</c> when the arguments do not fit.</returns>
    public static object? Call(PickleGlobal global, object?[] arguments) => (global.Name, arguments) switch
    {
        ("OrderedDict", []) => new PickleDictionary(),
        ("OrderedDict", [List<object?> pairs]) => FromPairs(pairs),
        ("_rebuild_tensor", [PickleStorage storage, long offset, object?[] shape, object?[] strides]) =>
            View(storage, offset, shape, strides),
        ("_rebuild_tensor_v2", [PickleStorage storage, long offset, object?[] shape, object?[] strides, ..]) =>
            View(storage, offset, shape, strides),
        ("_rebuild_parameter", [PickleTensor tensor, ..]) => tensor,
        _ => null,
    };

    /// <summary>Reads a persistent id, <c>("storage", type, key, location, elements[, view])</c>.</summary>
    /// <returns>The storage, or <c>null</c> when the id is none.</returns>
    public static PickleStorage? Storage(object? id) => id switch
    {
        object?[] and ["storage", PickleGlobal { Module: "torch" } global, string key, string, long and >= 0 and var elements, .. [] or [null]] =>
            new PickleStorage(StorageTypes[global.Name], key, elements),
        _ => null,
    };

    private static PickleDictionary? FromPairs(List<object?> pairs)
    {
        var dictionary = new PickleDictionary();
        foreach (object? item in pairs)
        {
            if (item is List<object?> { Count: 2 } list)
                dictionary.Add(list[0], list[1]);
            else if (item is object?[] { Length: 2 } tuple)
                dictionary.Add(tuple[0], tuple[1]);
            else
                return null;
        }
        return dictionary;
    }

    private static PickleTensor? View(PickleStorage storage, long offset, object?[] shape, object?[] strides)
    {
        if (shape.Length != strides.Length || shape.Length > MaximumRank || offset < 0 || offset > storage.Elements)
            return null;
        if (!shape.Concat(strides).All(number => number is long and >= 0))
            return null;
        var tensor = new PickleTensor(storage, offset, [.. shape.Cast<long>()], [.. strides.Cast<long>()]);
        try
        {
            // A view that repeats elements (stride 0) could ask for more memory than the file has bytes.
            long elements = tensor.Shape.Aggregate(1L, (product, extent) => checked(product * extent));
            return tensor.Last < storage.Elements && elements <= storage.Elements ? tensor : null;
        }
        catch (OverflowException)
        {
            return null;
        }
    }
}
