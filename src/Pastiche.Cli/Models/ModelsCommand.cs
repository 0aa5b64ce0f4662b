using System.CommandLine;
using Pastiche.Models;

namespace Pastiche.Cli.Models;

/// <summary>
/// <c>pastiche models</c>: which weights files there are, and how to get them. Bad input leaves as
/// <see cref="InvalidInputException"/>, other failures as the exception that they are; the program turns them into exit codes.
/// </summary>
internal static class ModelsCommand
{
    /// <summary>Makes the command.</summary>
    /// <param name="console">Where results and progress go.</param>
    /// <param name="store">The store; <c>null</c>: the user's.</param>
    public static Command Create(CommandConsole console, ModelStore? store = null)
    {
        var output = new ModelsOutput(console);
        ModelStore models = store ?? ModelStore.Default;
        return new Command("models", $"Lists, fetches and checks the networks that paint. They are kept in {models.Folder}; {ModelStore.FoldersVariable} names more folders to search.")
        {
            List(models, output),
            Pull(models, output),
            Import(models, output),
            Verify(models, output),
        };
    }

    private static Command List(ModelStore store, ModelsOutput output)
    {
        var command = new Command("list", "Lists the models that are here and those that can be pulled.");
        command.SetAction(_ => output.List(store.List()));
        return command;
    }

    private static Command Pull(ModelStore store, ModelsOutput output)
    {
        var name = new Argument<string>("NAME") { Description = $"One of {string.Join(", ", store.Sources.Select(source => source.Name))}." };
        var command = new Command("pull", "Fetches a model from its public source and checks its SHA-256. An interrupted download goes on where it stopped.") { name };
        command.SetAction(async (parsed, cancellation) =>
        {
            ModelListing model = await output.WithProgressAsync(
                progress => store.PullAsync(parsed.GetRequiredValue(name), progress, cancellation)).ConfigureAwait(false);
            output.Stored(model);
            return 0;
        });
        return command;
    }

    private static Command Import(ModelStore store, ModelsOutput output)
    {
        var file = new Argument<string>("FILE") { Description = "A safetensors file, a PyTorch .pth (zip or legacy format), or a folder with the published encoders and decoders of universal style transfer." };
        var name = new Option<string?>("--name") { Description = "The name to give it; by default the file's or folder's.", HelpName = "NAME" };
        var input = new Option<string?>("--input")
        {
            Description = "What its network expects: caffe (BGR, 0..255 minus the mean) or torchvision (RGB, normalised). Only needed when the file does not tell.",
            HelpName = "caffe|torchvision",
        };
        input.AcceptOnlyFromAmong([.. ModelStore.InputConventions]);
        var command = new Command("import", "Stores a weights file of your own.") { file, name, input };
        command.SetAction(async (parsed, cancellation) =>
        {
            ModelListing model = await output.WithProgressAsync(progress => Task.Run(
                () => store.Import(parsed.GetRequiredValue(file), parsed.GetValue(name), parsed.GetValue(input), progress, cancellation), cancellation))
                .ConfigureAwait(false);
            output.Stored(model);
            return 0;
        });
        return command;
    }

    private static Command Verify(ModelStore store, ModelsOutput output)
    {
        var command = new Command("verify", "Computes the SHA-256 of every model anew; exits with 1 when one is damaged.");
        command.SetAction(_ =>
        {
            IReadOnlyList<ModelCheck> checks = store.Verify();
            output.Verified(checks);
            return checks.Any(check => check.Health == ModelHealth.Damaged) ? 1 : 0;
        });
        return command;
    }
}
