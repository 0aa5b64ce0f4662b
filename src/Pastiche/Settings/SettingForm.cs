namespace Pastiche.Settings;

/// <summary>How often the words of a command line may give a setting a value.</summary>
public enum SettingArity
{
    /// <summary>Once.</summary>
    One,

    /// <summary>Once; the setting's name alone means true.</summary>
    Switch,

    /// <summary>As a list; several lists are joined.</summary>
    Many,
}

/// <summary>What the values of a setting are, and how they are written: on a command line, in JSON, in a message.</summary>
public abstract class SettingForm
{
    /// <summary>What stands for a value in a help page: <c>N</c>, <c>lbfgs|adam</c>.</summary>
    public abstract string Placeholder { get; }

    /// <summary>The allowed numbers; <c>null</c> for whatever is no number.</summary>
    public virtual Bounds? Range => null;

    /// <summary>The allowed words; empty for whatever is no choice.</summary>
    public virtual IReadOnlyList<string> Choices => [];

    /// <summary>How often a command line may give it.</summary>
    public virtual SettingArity Arity => SettingArity.One;

    /// <summary>Whether JSON writes its values without quotes.</summary>
    internal virtual bool IsBare => false;

    /// <summary>Reads a value.</summary>
    /// <param name="label">What a message calls the setting.</param>
    /// <param name="text">The value as people type it.</param>
    /// <param name="problems">Receives one line for each thing that is wrong.</param>
    /// <returns>The value; <c>null</c>, with problems, when there is none.</returns>
    internal abstract object? Read(string label, string text, ICollection<string> problems);

    /// <summary>Writes a value so that <see cref="Read"/> gives it again.</summary>
    internal virtual string Write(object value) => SettingText.Format(value);
}
