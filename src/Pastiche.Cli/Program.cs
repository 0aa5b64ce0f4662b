using Pastiche;
using Pastiche.Cli;
using Pastiche.Cli.Paint;

CommandConsole console = CommandConsole.OfProcess();
using var interruption = new Interruption(code =>
{
    console.Terminal?.Cursor.Show(true); // a progress bar hides it
    Environment.Exit(code);
});

// At the merge, with using Pastiche.Imaging and Pastiche.Cli.Models:
// var services = new PaintServices(
//     PictureFile.Read, PictureFile.Write, PictureFile.CheckWritable, PictureFile.WritableExtensions, Stylizer.Run);
var services = new PaintServices(
    _ => throw new NotImplementedException(), (_, _) => throw new NotImplementedException(), _ => { }, [".png"], Stylizer.Run);

return PasticheCommand.Run(
    args,
    [
        PaintCommand.Create(services, console),
        // At the merge: new CommandEntry(ModelsCommand.Create()),
    ],
    console,
    interruption.Token);
