using Pastiche.Engines;

namespace Pastiche.Settings;

/// <summary>One hyper-parameter: the same name, values and messages on the command line, in JSON and in a grid.</summary>
public abstract class Setting
{
    private protected Setting(string key, EngineKind? engine, SettingForm form, string description) =>
        (Key, Engine, Form, Description) = (key, engine, form, description);

    /// <summary>Its name: <c>style-weight</c>.</summary>
    public string Key { get; }

    /// <summary>The only engine that reads it; <c>null</c>: all do.</summary>
    public EngineKind? Engine { get; }

    /// <summary>What its values are.</summary>
    public SettingForm Form { get; }

    /// <summary>What it is, in one or two sentences, without range and default.</summary>
    public string Description { get; }

    /// <summary>The setting that it is another way to give: settings keep that one, and whichever is given last counts; <c>null</c>: it is one itself.</summary>
    public string? ShorthandFor { get; private protected init; }

    /// <summary>A value as the setting that is kept has it.</summary>
    internal virtual object Expand(object value) => value;
}

/// <summary>A hyper-parameter that is a property of a record.</summary>
/// <typeparam name="TOptions">The record.</typeparam>
public sealed class Setting<TOptions> : Setting where TOptions : class
{
    private readonly Func<TOptions, object?> _get;
    private readonly Func<TOptions, object, TOptions> _with;

    private Setting(
        string key, EngineKind? engine, SettingForm form, string description, Func<TOptions, object?> get, Func<TOptions, object, TOptions> with)
        : base(key, engine, form, description) => (_get, _with) = (get, with);

    /// <summary>A record's value as people type it; <c>null</c> when it has none.</summary>
    public string? TextIn(TOptions options) => ValueIn(options) is { } value ? Form.Write(value) : null;

    /// <summary>A record's value; <c>null</c> when it has none.</summary>
    internal object? ValueIn(TOptions options) => _get(options);

    /// <summary>A record with another value.</summary>
    internal TOptions Apply(TOptions options, object value) => _with(options, value);

    /// <summary>Describes a setting.</summary>
    /// <param name="key">Its name.</param>
    /// <param name="engine">The only engine that reads it; <c>null</c>: all do.</param>
    /// <param name="form">What its values are; <typeparamref name="TValue"/> is their type.</param>
    /// <param name="description">What it is.</param>
    /// <param name="get">Reads it from a record; <c>null</c> when there is nothing to tell.</param>
    /// <param name="with">Makes a record with a value.</param>
    internal static Setting<TOptions> Of<TValue>(
        string key, EngineKind? engine, SettingForm form, string description, Func<TOptions, object?> get, Func<TOptions, TValue, TOptions> with) =>
        new(key, engine, form, description, get, (options, value) => with(options, (TValue)value));

    /// <summary>Describes another way to give a setting.</summary>
    /// <param name="key">Its name.</param>
    /// <param name="target">The setting that is kept.</param>
    /// <param name="form">What its values are; <typeparamref name="TValue"/> is their type.</param>
    /// <param name="description">What it is.</param>
    /// <param name="get">The value that stands for a record's; <c>null</c> when none does.</param>
    /// <param name="expand">From a value to the target's.</param>
    internal static Setting<TOptions> Shorthand<TValue>(
        string key, Setting<TOptions> target, SettingForm form, string description, Func<TOptions, object?> get, Func<TValue, object> expand) =>
        new(key, target.Engine, form, description, get, (options, value) => target.Apply(options, expand((TValue)value)))
        {
            ShorthandFor = target.Key,
            Expansion = value => expand((TValue)value),
        };

    private Func<object, object>? Expansion { get; init; }

    internal override object Expand(object value) => Expansion is null ? value : Expansion(value);
}
