using System.CommandLine;
using Pastiche.Cli.Options;

namespace Pastiche.Cli.Resuming;

/// <summary><c>pastiche resume</c>: types the command line of a checkpoint again, in its folder, so that it goes on.</summary>
internal static class ResumeCommand
{
    /// <summary>Makes the command.</summary>
    /// <param name="run">Runs a command line without the program's name.</param>
    public static Command Create(Func<IReadOnlyList<string>, CancellationToken, int> run)
    {
        var file = new Argument<string>("CHECKPOINT") { Description = "A file of --checkpoint of a run that was interrupted." };
        var command = new Command("resume", "Go on with a run that was interrupted, to the picture that it would have given.") { file };
        command.SetAction((parsed, cancellation) => Task.FromResult(Resume(Path.GetFullPath(parsed.GetRequiredValue(file)), run, cancellation)));
        return command;
    }

    private static int Resume(string file, Func<IReadOnlyList<string>, CancellationToken, int> run, CancellationToken cancellation)
    {
        CommandNote note = CommandNote.Read(file);
        if (!Directory.Exists(note.Folder))
            throw new InvalidInputException($"{file} is of a run in the folder {note.Folder}, which does not exist");
        Directory.SetCurrentDirectory(note.Folder);
        return run(WithCheckpoint(note.Arguments, file), cancellation);
    }

    // The file may have been moved since.
    private static IReadOnlyList<string> WithCheckpoint(IReadOnlyList<string> words, string file)
    {
        List<string> moved = [.. words];
        int option = moved.IndexOf(CheckpointChoice.OptionName);
        if (option < 0 || option + 1 == moved.Count)
            throw new InvalidInputException($"{file} is of a command line without {CheckpointChoice.OptionName}: {string.Join(' ', words)}");
        moved[option + 1] = file;
        return moved;
    }
}
