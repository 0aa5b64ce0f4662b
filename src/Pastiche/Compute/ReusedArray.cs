namespace Pastiche.Compute;

/// <summary>An array that is used again and again, and grows when it has to.</summary>
internal sealed class ReusedArray
{
    private float[] _values = [];

    /// <summary>The first so many values, whatever is in them; they are the same until the next call.</summary>
    public Span<float> OfLength(int length)
    {
        if (_values.Length < length)
            _values = new float[length];
        return _values.AsSpan(0, length);
    }
}
