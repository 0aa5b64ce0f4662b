using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;

namespace Pastiche;

/// <summary>Holds records against the ranges that their attributes state.</summary>
internal static partial class OptionsValidation
{
    /// <summary>One line for each property that is out of range: its name, its value and what is allowed.</summary>
    public static IEnumerable<string> Problems(object options)
    {
        foreach (PropertyInfo property in options.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            object? value = property.GetValue(options);
            if (value is Enum && !Enum.IsDefined(property.PropertyType, value))
                yield return $"{Words(property.Name)} is {value}; allowed: {string.Join(", ", Enum.GetNames(property.PropertyType))}";
            foreach (ValidationAttribute attribute in property.GetCustomAttributes<ValidationAttribute>())
            {
                if (value is null || attribute.IsValid(value))
                    continue;
                yield return attribute is RangeAttribute range
                    ? string.Create(CultureInfo.InvariantCulture, $"{Words(property.Name)} is {value}; allowed: {range.Minimum} to {range.Maximum}")
                    : $"{Words(property.Name)} is empty; at least one is needed";
            }
        }
    }

    /// <summary>One line for each property that must not be null and is.</summary>
    public static IEnumerable<string> Missing(object options)
    {
        var context = new NullabilityInfoContext();
        return options.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => !property.PropertyType.IsValueType && property.GetValue(options) is null
                && context.Create(property).ReadState == NullabilityState.NotNull)
            .Select(property => $"{Words(property.Name)} is missing");
    }

    private static string Words(string name) =>
        WordStart().Replace(name, match => " " + match.Value.ToLowerInvariant()).TrimStart();

    [GeneratedRegex("[A-Z]")]
    private static partial Regex WordStart();
}
