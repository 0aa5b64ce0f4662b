using Pastiche.Cli;

CommandConsole console = CommandConsole.OfProcess();
using var interruption = new Interruption(code =>
{
    console.Terminal?.Cursor.Show(true); // a progress bar hides it
    Environment.Exit(code);
});

return PasticheCommand.Run(args, Commands.Create(console), console, interruption.Token);
