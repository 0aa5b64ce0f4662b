using System.CommandLine;
using System.Globalization;
using Pastiche.Cli.Options;
using Pastiche.Cli.Presets;
using Pastiche.Imaging;
using Pastiche.Models;

namespace Pastiche.Cli.Tune;

/// <summary><c>pastiche tune</c>: finds the style weight that gives a balance, and saves it.</summary>
internal sealed class TuneCommand
{
    private static readonly TuneRequest Defaults = new(new StyleTransferRequest { Content = null!, Styles = [] });

    private readonly CommandConsole _console;
    private readonly PresetStore _presets;

    private readonly Argument<string> _content = new("CONTENT") { Description = "The photograph." };
    private readonly Argument<string> _style = new("STYLE") { Description = "The painting." };

    private readonly NumberOption _balance = new("--balance", "X", Bounds.Of<TuneRequest>(nameof(TuneRequest.Balance)),
        "Share of the style loss to be removed: more is more of the painting. "
        + $"Range {Bounds.Of<TuneRequest>(nameof(TuneRequest.Balance))}, default {SettingText.Format(Defaults.Balance)}.");

    private readonly NumberOption _tolerance = new("--tolerance", "X", Bounds.Of<TuneRequest>(nameof(TuneRequest.Tolerance)),
        "How near to the balance is near enough. "
        + $"Range {Bounds.Of<TuneRequest>(nameof(TuneRequest.Tolerance))}, default {SettingText.Format(Defaults.Tolerance)}.");

    private readonly Option<string?> _name = new("--name") { HelpName = "NAME", Description = "Save as a preset of this name instead of beside the painting." };
    private readonly Option<bool> _force = new("--force") { Description = "Replace what is there." };
    private readonly NumberOption _threads = CommonOptions.Threads();

    // What the search holds fixed: small sizes do, and with them it takes seconds.
    private readonly Option[] _settings =
    [
        SettingOption.Create("size", Small["size"]!), SettingOption.Create("iterations", Small["iterations"]!),
        SettingOption.Create("model", ModelStore.BuiltInName), SettingOption.Create("content-weight", "1"), SettingOption.Create("tv-weight", "30"),
    ];

    private TuneCommand(CommandConsole console, PresetStore presets) => (_console, _presets) = (console, presets);

    private static StyleSettings Small =>
        StyleSettings.Empty.Set("size", "160").Set("iterations", "80").Set("model", ModelStore.BuiltInName);

    /// <summary>Makes the command.</summary>
    /// <param name="console">Where results go.</param>
    /// <param name="presets">Where presets are saved; <c>null</c>: the user's.</param>
    public static Command Create(CommandConsole console, PresetStore? presets = null)
    {
        var tune = new TuneCommand(console, presets ?? PresetStore.Default);
        var command = new Command("tune", "Find the style weight that gives a balance between photograph and painting, and save it beside the painting.")
        {
            tune._content, tune._style, tune._balance, tune._tolerance, tune._name, tune._force, tune._threads,
        };
        foreach (Option option in tune._settings)
            command.Options.Add(option);
        command.SetAction((parsed, cancellation) => Task.FromResult(tune.Run(parsed, cancellation)));
        return command;
    }

    private int Run(ParseResult parsed, CancellationToken cancellation)
    {
        List<string> problems = [];
        var read = new ArgumentReader(parsed, problems);
        string style = parsed.GetRequiredValue(_style);
        string? name = parsed.GetValue(_name);
        bool force = parsed.GetValue(_force);
        StyleSettings given = read.Settings(_settings);
        double balance = read.Number(_balance, Defaults.Balance);
        double tolerance = read.Number(_tolerance, Defaults.Tolerance);
        int? threads = read.Whole(_threads);
        problems.AddRange(name is null ? PresetTarget.ProblemsBeside(style, force) : [.. new[] { _presets.WhyNotSave(name, force) }.OfType<string>()]);
        if (problems.Count > 0)
            throw new InvalidInputException(problems);

        StyleTransferRequest transfer = given.Over(Small).ApplyTo(Defaults.Transfer with
        {
            Content = PictureFile.Read(parsed.GetRequiredValue(_content)),
            Styles = [new StyleSource(PictureFile.Read(style), Name: style)],
            Threads = threads,
        });
        _console.Error.WriteLine("style-weight  balance  content loss  style loss");
        TuneResult result = StyleTuner.Run(new TuneRequest(transfer) { Balance = balance, Tolerance = tolerance }, new Table(_console), cancellation);
        if (!result.IsReached)
        {
            throw new InvalidInputException(string.Create(
                CultureInfo.InvariantCulture,
                $"--balance {balance} was not reached; nearest is {result.Best.Balance:0.000} with style-weight {SettingText.Format(result.Best.StyleWeight)}; nothing was saved"));
        }

        // What the balance depends on, but not the small size.
        StyleSettings found = given.Without("size", "iterations", "model")
            .Set("engine", "gatys")
            .Set("style-weight", SettingText.Format(result.Best.StyleWeight));
        _console.Output.WriteLine(name is null ? PresetTarget.SaveBeside(style, found) : _presets.Save(name, found, force).File);
        return ExitCode.Success;
    }

    private sealed class Table(CommandConsole console) : IProgress<TuneTrial>
    {
        public void Report(TuneTrial value) => console.Error.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{SettingText.Format(value.StyleWeight),12}  {value.Balance,7:0.000}  {value.ContentLoss,12:0.000e+00}  {value.StyleLoss,10:0.000e+00}"));
    }
}
