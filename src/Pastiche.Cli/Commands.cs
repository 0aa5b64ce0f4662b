using Pastiche.Cli.Models;
using Pastiche.Cli.Paint;
using Pastiche.Cli.Train;
using Pastiche.Imaging;

namespace Pastiche.Cli;

/// <summary>The commands of <c>pastiche</c> over the real library.</summary>
internal static class Commands
{
    /// <summary>Makes them.</summary>
    /// <param name="console">Where results and progress go.</param>
    public static IReadOnlyList<CommandEntry> Create(CommandConsole console)
    {
        var services = new PaintServices(
            PictureFile.Read, PictureFile.Write, CheckWritable, PictureFile.WritableExtensions, Stylizer.ModelOf, Stylizer.Run);
        return [PaintCommand.Create(services, console), new CommandEntry(ModelsCommand.Create(console)), new CommandEntry(TrainCommand.Create(console))];
    }

    private static void CheckWritable(string path, (int Width, int Height)? size)
    {
        if (size is var (width, height))
            PictureFile.CheckWritable(path, width, height);
        else
            PictureFile.CheckWritable(path);
    }
}
