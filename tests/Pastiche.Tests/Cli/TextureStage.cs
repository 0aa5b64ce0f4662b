using Pastiche.Cli;
using Pastiche.Cli.Texture;
using Pastiche.Engines;
using Pastiche.Imaging;

namespace Pastiche.Tests.Cli;

/// <summary>
/// A folder of its own with two paintings, and an engine that only pretends: its picture's first value is the number of steps,
/// which is what a written file contains.
/// </summary>
internal sealed class TextureStage : IDisposable
{
    private static readonly string[] Inputs = ["wave.jpg", "night.jpg"];

    private readonly CancellationTokenSource _interrupted = new();

    public TextureStage()
    {
        Folder = Directory.CreateTempSubdirectory("pastiche-texture-").FullName;
        foreach (string name in Inputs)
            File.WriteAllText(InFolder(name), name);
    }

    public string Folder { get; }

    public StringWriter Output { get; } = new();

    public StringWriter Error { get; } = new();

    /// <summary>The request that the engine got; null when it was not called.</summary>
    public TextureRequest? Request { get; private set; }

    /// <summary>The result's size as it was known when its file was checked.</summary>
    public (int Width, int Height)? CheckedSize { get; private set; }

    /// <summary>Steps after which Ctrl-C is pressed; 0: before the first.</summary>
    public int? InterruptAfter { get; init; }

    /// <summary>Levels for which a picture is too small.</summary>
    public int LeftOut { get; init; }

    /// <summary>The lines on standard error.</summary>
    public string[] ErrorLines => Error.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);

    /// <summary>The files in the folder besides the inputs.</summary>
    public string[] Written =>
        [.. Directory.EnumerateFileSystemEntries(Folder).Select(path => Path.GetFileName(path)!).Except(Inputs).Order()];

    public string InFolder(string name) => Path.Combine(Folder, name);

    public string Content(string name) => File.ReadAllText(InFolder(name));

    /// <summary>Runs <c>pastiche</c>; in the words, <c>@</c> stands for the folder: <c>@wave.jpg</c>.</summary>
    public int Run(params string[] words)
    {
        var console = new CommandConsole(Output, Error);
        var services = new CommandServices<TextureRequest>(
            Read, (picture, path) => File.WriteAllText(path, $"{picture.Planes[0]}"), CheckWritable, [".png", ".jpg"], ModelOf, Pretend);
        string[] args = [.. words.Select(word => word.Replace("@", Folder + Path.DirectorySeparatorChar))];
        if (InterruptAfter == 0)
            _interrupted.Cancel();
        return PasticheCommand.Run(args, [TextureCommand.Create(services, console)], console, _interrupted.Token);
    }

    /// <summary>Runs <c>pastiche texture</c> with a painting, an output, and the given words besides.</summary>
    public int Texture(params string[] words) => Run(["texture", "@wave.jpg", "-o", "@out.png", .. words]);

    public void Dispose()
    {
        _interrupted.Dispose();
        Directory.Delete(Folder, recursive: true);
    }

    private static Picture Read(string path) =>
        File.Exists(path) ? PictureOf(0) : throw new InvalidInputException($"'{path}' does not exist");

    private static Picture PictureOf(float value) => new(2, 1, [value, value, value, value, value, value]);

    private static string ModelOf(TextureRequest request) => request.Model ?? "compact";

    private void CheckWritable(string path, (int Width, int Height)? size)
    {
        CheckedSize = size;
        if (Path.GetExtension(path) is not (".png" or ".jpg"))
            throw new InvalidInputException($"'{path}' has an unknown extension");
    }

    private StyleResult Pretend(TextureRequest request, IProgress<StyleProgress>? progress, CancellationToken cancellation)
    {
        Request = request;
        bool isUniversal = request.Engine == EngineKind.Universal;
        int steps = isUniversal ? request.Passes * request.Universal.Levels.Count - LeftOut : request.Gatys.Iterations, done = 0;
        while (done < steps && !cancellation.IsCancellationRequested)
        {
            int count = ++done;
            progress?.Report(new StyleProgress(
                count, steps, isUniversal ? null : 1, new Dictionary<string, double>(), TimeSpan.Zero, null, () => PictureOf(count)));
            if (count == InterruptAfter)
                _interrupted.Cancel();
        }
        return new StyleResult(PictureOf(done), [], done == steps, new RunRecord("1.2.3", "Vector512", 2, "compact", "00ff", TimeSpan.Zero)) { Iterations = done };
    }
}
