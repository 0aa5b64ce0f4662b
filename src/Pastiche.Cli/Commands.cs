using Pastiche.Cli.Grid;
using Pastiche.Cli.Info;
using Pastiche.Cli.Models;
using Pastiche.Cli.Paint;
using Pastiche.Cli.Presets;
using Pastiche.Cli.Resuming;
using Pastiche.Cli.Studio;
using Pastiche.Cli.Texture;
using Pastiche.Cli.Train;
using Pastiche.Cli.Tune;
using Pastiche.Imaging;

namespace Pastiche.Cli;

/// <summary>The commands of <c>pastiche</c> over the real library.</summary>
internal static class Commands
{
    /// <summary>Makes them.</summary>
    /// <param name="console">Where results and progress go.</param>
    public static IReadOnlyList<CommandEntry> Create(CommandConsole console)
    {
        CommandServices<StyleTransferRequest> paint = Services<StyleTransferRequest>(Stylizer.ModelOf, Stylizer.Run);
        CommandServices<TextureRequest> texture = Services<TextureRequest>(TextureSynthesizer.ModelOf, TextureSynthesizer.Run);
        return
        [
            PaintCommand.Create(paint, request => new LibraryPaintSession(StylizerSession.Open(request)), console),
            GridCommand.Create(paint, console),
            ExploreCommand.Create(paint, console),
            TextureCommand.Create(texture, console),
            new CommandEntry(ResumeCommand.Create((words, cancellation) => PasticheCommand.Run(words, Create(console), console, cancellation))),
            new CommandEntry(PresetCommand.Create(console)),
            new CommandEntry(TuneCommand.Create(console)),
            new CommandEntry(InfoCommand.Create(console)),
            new CommandEntry(ModelsCommand.Create(console)),
            new CommandEntry(TrainCommand.Create(console)),
            .. StudioCommand.Create(console),
        ];
    }

    private static CommandServices<TRequest> Services<TRequest>(
        Func<TRequest, string> modelOf, Func<TRequest, IProgress<StyleProgress>?, CancellationToken, StyleResult> run) =>
        new(PictureFile.Read, PictureFile.Write, CheckWritable, PictureFile.WritableExtensions, modelOf, run);

    private static void CheckWritable(string path, (int Width, int Height)? size)
    {
        if (size is var (width, height))
            PictureFile.CheckWritable(path, width, height);
        else
            PictureFile.CheckWritable(path);
    }
}
