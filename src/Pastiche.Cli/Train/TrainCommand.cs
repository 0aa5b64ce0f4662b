using System.CommandLine;
using Pastiche.Training;

namespace Pastiche.Cli.Train;

/// <summary><c>pastiche train compact</c>: makes the network that the package carries, from photographs and a teacher.</summary>
internal static class TrainCommand
{
    /// <summary>Makes the command.</summary>
    /// <param name="console">Where results and progress go.</param>
    public static Command Create(CommandConsole console)
    {
        var options = new TrainOptions();
        var compact = new Command("compact", "Trains the small network with decoders that Pastiche carries: its encoder learns the teacher's features, its decoders to make pictures of them again. Takes an hour or more.");
        foreach (Option option in options.All)
            compact.Options.Add(option);
        compact.SetAction((parsed, cancellation) => Task.FromResult(Run(parsed, options, console, cancellation)));
        return new Command("train", "Trains networks.") { compact };
    }

    private static int Run(ParseResult parsed, TrainOptions options, CommandConsole console, CancellationToken cancellation)
    {
        List<string> problems = [];
        TrainingOptions training = options.Read(parsed, problems);
        string? output = parsed.GetValue(options.Output);
        if (string.IsNullOrWhiteSpace(output))
            problems.Add("--output is missing: the model to write");
        CheckTarget(output, "--output", problems);
        CheckTarget(training.Checkpoint, "--checkpoint", problems);
        if (problems.Count > 0)
            throw new InvalidInputException(problems);

        TrainedModel model = CompactTraining.Run(training, new TrainingReport(console.Error), cancellation);
        foreach (string skipped in model.SkippedPhotos)
            console.Complain($"left out: {skipped}");
        model.Save(output!);
        console.Output.WriteLine(output);
        if (model.IsCompleted)
            return ExitCode.Success;
        console.Complain($"stopped after {model.Steps} of {training.Steps} steps");
        return ExitCode.Cancelled;
    }

    private static void CheckTarget(string? path, string option, List<string> problems)
    {
        if (!string.IsNullOrWhiteSpace(path) && WritableFile.WhyNot(path) is { } reason)
            problems.Add($"{option} {path} cannot be written: {reason}");
    }
}
