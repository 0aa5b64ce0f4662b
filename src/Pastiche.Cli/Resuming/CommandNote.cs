using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Serialization;
using Pastiche.Cli.Recording;

namespace Pastiche.Cli.Resuming;

/// <summary>What a checkpoint tells of the command line that wrote it: enough to type it again.</summary>
/// <param name="Folder">The folder in which it was typed.</param>
/// <param name="Arguments">The words after the program's name.</param>
internal sealed record CommandNote(string Folder, IReadOnlyList<string> Arguments)
{
    /// <summary>As JSON.</summary>
    public static string Of(ParseResult parsed) => JsonSerializer.Serialize(
        new CommandNote(Directory.GetCurrentDirectory(), [.. RunRecords.Words(parsed).Skip(1)]), CommandNoteJson.Default.CommandNote);

    /// <summary>Reads what a checkpoint tells.</summary>
    /// <param name="checkpoint">The checkpoint's file.</param>
    /// <exception cref="InvalidInputException">It is no checkpoint, is damaged, or does not tell.</exception>
    public static CommandNote Read(string checkpoint)
    {
        try
        {
            if (CheckpointOptions.NoteIn(checkpoint) is { } note
                && JsonSerializer.Deserialize(note, CommandNoteJson.Default.CommandNote) is { Folder: not null, Arguments.Count: > 0 } command)
            {
                return command;
            }
        }
        catch (JsonException)
        {
            // Then it was not this program that wrote it.
        }
        throw new InvalidInputException($"{checkpoint} does not tell which command line it is of; only those that pastiche wrote do");
    }
}

/// <summary>Reads and writes such notes.</summary>
[JsonSerializable(typeof(CommandNote))]
internal sealed partial class CommandNoteJson : JsonSerializerContext;
