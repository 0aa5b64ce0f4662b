using Pastiche.Cli.Models;
using Pastiche.Cli.Paint;
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
            PictureFile.Read, PictureFile.Write, PictureFile.CheckWritable, PictureFile.WritableExtensions, Stylizer.Run);
        return [PaintCommand.Create(services, console), new CommandEntry(ModelsCommand.Create(console))];
    }
}
