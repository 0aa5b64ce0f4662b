using Pastiche;
using Pastiche.Cli;
using Pastiche.Cli.Models;
using Pastiche.Cli.Paint;
using Pastiche.Imaging;

CommandConsole console = CommandConsole.OfProcess();
using var interruption = new Interruption(code =>
{
    console.Terminal?.Cursor.Show(true); // a progress bar hides it
    Environment.Exit(code);
});

var services = new PaintServices(
    PictureFile.Read, PictureFile.Write, PictureFile.CheckWritable, PictureFile.WritableExtensions, Stylizer.Run);

return PasticheCommand.Run(
    args,
    [
        PaintCommand.Create(services, console),
        new CommandEntry(ModelsCommand.Create()),
    ],
    console,
    interruption.Token);
