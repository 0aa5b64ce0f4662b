using System.ComponentModel.DataAnnotations;
using System.Reflection;

namespace Pastiche.Settings;

/// <summary>The values that a number may have, both ends included.</summary>
public sealed record Bounds(double Minimum, double Maximum)
{
    /// <summary>The range that an options record declares for one of its properties.</summary>
    /// <typeparam name="T">The record.</typeparam>
    /// <param name="property">The property; without a declared range any whole number is allowed.</param>
    public static Bounds Of<T>(string property)
    {
        RangeAttribute? range = typeof(T).GetProperty(property)!.GetCustomAttribute<RangeAttribute>();
        return range is null
            ? new Bounds(int.MinValue, int.MaxValue)
            : new Bounds(Convert.ToDouble(range.Minimum), Convert.ToDouble(range.Maximum));
    }

    /// <summary>Whether a value is allowed; never true for NaN.</summary>
    public bool Contain(double value) => value >= Minimum && value <= Maximum;

    /// <summary>For people: <c>16 to 16384</c>.</summary>
    public override string ToString() => $"{SettingText.Format(Minimum)} to {SettingText.Format(Maximum)}";
}
