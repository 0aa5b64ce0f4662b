using Pastiche.Cli;
using Pastiche.Cli.Paint;
using Pastiche.Engines;
using Pastiche.Imaging;
using Pastiche.Settings;
using Spectre.Console;

namespace Pastiche.Tests.Cli;

/// <summary>
/// A folder of its own and an engine that only pretends: it reports as many evaluations as asked for, the loss halving each
/// time, and its picture's first value is the number of evaluations, which is what a written file contains.
/// </summary>
internal sealed class PaintStage : IDisposable
{
    /// <summary>The content of a file that is no picture.</summary>
    public const string Broken = "broken";

    public PaintStage()
    {
        Folder = Directory.CreateTempSubdirectory("pastiche-cli-").FullName;
        foreach (string name in new[] { "photo.jpg", "wave.jpg", "night.jpg" })
            File.WriteAllText(InFolder(name), name);
        Engine = Pretend;
    }

    public string Folder { get; }

    public StringWriter Output { get; } = new();

    public StringWriter Error { get; } = new();

    /// <summary>The request that the engine got; null when it was not called.</summary>
    public StyleTransferRequest? Request { get; private set; }

    /// <summary>The result's size as it was known when its file was checked.</summary>
    public (int Width, int Height)? CheckedSize { get; private set; }

    /// <summary>Sessions for many photographs that were opened and closed.</summary>
    public int ClosedSessions { get; private set; }

    /// <summary>Evaluations after which Ctrl-C is pressed; 0: before the first.</summary>
    public int? InterruptAfter { get; init; }

    /// <summary>Cancelling it is pressing Ctrl-C.</summary>
    public CancellationTokenSource Interrupted { get; init; } = new();

    public IAnsiConsole? Terminal { get; init; }

    public bool ShowStackTraces { get; init; }

    /// <summary>Replaces the pretended engine.</summary>
    public Func<StyleTransferRequest, IProgress<StyleProgress>?, CancellationToken, StyleResult> Engine { get; init; }

    /// <summary>The model for a request that names none.</summary>
    public string DefaultModel { get; init; } = "vgg19";

    /// <summary>Replaces how pictures are written.</summary>
    public Action<Picture, string> Write { get; init; } = (picture, path) => File.WriteAllText(path, $"{picture.Planes[0]}");

    /// <summary>The lines on standard error.</summary>
    public string[] ErrorLines => Error.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);

    /// <summary>The files in the folder besides the inputs.</summary>
    public string[] Written =>
        [.. Directory.EnumerateFileSystemEntries(Folder).Select(path => Path.GetFileName(path)!)
            .Except(["photo.jpg", "wave.jpg", "night.jpg"]).Order()];

    /// <summary>The presets, none of them the user's at first.</summary>
    public PresetStore Presets => new(InFolder("presets"));

    public string InFolder(string name) => Path.Combine(Folder, name);

    public string Content(string name) => File.ReadAllText(InFolder(name));

    /// <summary>Runs <c>pastiche</c>; in the words, <c>@</c> stands for the folder: <c>@photo.jpg</c>.</summary>
    public int Run(params string[] words)
    {
        var console = new CommandConsole(Output, Error, Terminal, ShowStackTraces: ShowStackTraces);
        var services = new CommandServices<StyleTransferRequest>(Read, Write, CheckWritable, [".png", ".jpg"], ModelOf, Record);
        string[] args = [.. words.Select(word => word.Replace("@", Folder + Path.DirectorySeparatorChar))];
        if (InterruptAfter == 0)
            Interrupted.Cancel();
        return PasticheCommand.Run(
            args, [PaintCommand.Create(services, request => new Session(this, request), console, Presets)], console, Interrupted.Token);
    }

    /// <summary>Runs <c>pastiche paint</c> with a photograph, a painting and an output, and the given words besides.</summary>
    public int Paint(params string[] words) => Run(["paint", "@photo.jpg", "--style", "@wave.jpg", "-o", "@out.png", .. words]);

    public void Dispose()
    {
        Interrupted.Dispose();
        Directory.Delete(Folder, recursive: true);
    }

    private static Picture Read(string path) =>
        !File.Exists(path) ? throw new InvalidInputException($"'{path}' does not exist")
        : File.ReadAllText(path) == Broken ? throw new InvalidInputException($"cannot read {path}: it is broken")
        : PictureOf(0);

    private void CheckWritable(string path, (int Width, int Height)? size)
    {
        CheckedSize = size;
        if (Path.GetExtension(path) is not (".png" or ".jpg"))
            throw new InvalidInputException($"'{path}' has an unknown extension");
    }

    private static Picture PictureOf(float value) => new(2, 1, [value, value, value, value, value, value]);

    private string ModelOf(StyleTransferRequest request) => request.Model ?? DefaultModel;

    private sealed class Session(PaintStage stage, StyleTransferRequest request) : IPaintSession
    {
        public StyleResult Run(Picture content, IProgress<StyleProgress>? progress, CancellationToken cancellation) =>
            stage.Record(request with { Content = content }, progress, cancellation);

        public void Dispose() => stage.ClosedSessions++;
    }

    private StyleResult Record(StyleTransferRequest request, IProgress<StyleProgress>? progress, CancellationToken cancellation)
    {
        Request = request;
        return Engine(request, progress, cancellation);
    }

    private StyleResult Pretend(StyleTransferRequest request, IProgress<StyleProgress>? progress, CancellationToken cancellation)
    {
        var losses = new List<double>();
        bool isUniversal = request.Engine == EngineKind.Universal;
        int iterations = isUniversal ? request.Universal.Levels.Count : request.Gatys.Iterations;
        while (losses.Count < iterations && !cancellation.IsCancellationRequested)
        {
            double loss = 1000 * Math.Pow(0.5, losses.Count);
            losses.Add(loss);
            int count = losses.Count;
            progress?.Report(new StyleProgress(
                count,
                iterations,
                isUniversal ? null : loss,
                new Dictionary<string, double> { ["content relu4_2"] = 0.25 * loss, ["style relu1_1"] = 0.75 * loss },
                TimeSpan.FromSeconds(0.5 * count),
                count == 1 ? null : TimeSpan.FromSeconds(0.5 * (iterations - count)),
                () => PictureOf(count)));
            if (count == InterruptAfter)
                Interrupted.Cancel();
        }
        return new StyleResult(
            PictureOf(losses.Count),
            isUniversal ? [] : losses,
            losses.Count == iterations,
            new RunRecord("1.2.3", "Vector512", 2, "vgg19", "00ff", TimeSpan.FromSeconds(4.5)))
        {
            Iterations = losses.Count,
        };
    }
}
