using System.Text.Json;
using Pastiche.Cli;
using Pastiche.Imaging;
using Pastiche.Models;
using Pastiche.Networks;
using Pastiche.Tests.Imaging;
using Pastiche.Tests.Networks;

namespace Pastiche.Tests.Cli;

/// <summary>
/// The whole program in this process, over a folder of its own with a photograph of 96 x 72 pixels, two paintings, a light one
/// and a dark one, and a small random network with its mean activations.
/// </summary>
internal sealed class ProgramStage : IDisposable
{
    private static readonly Lazy<NetworkWeights> Network = new(CreateNetwork);

    private readonly string[] _inputs;

    public ProgramStage()
    {
        Folder = Directory.CreateTempSubdirectory("pastiche-program-").FullName;
        PictureFile.Write(TestImages.Smooth(96, 72), InFolder("photo.png"));
        PictureFile.Write(Painting(64, 64, white: 1), InFolder("wave.png"));
        PictureFile.Write(Painting(56, 72, white: 0.3f), InFolder("night.png"));
        ModelFile.Write(Network.Value, InFolder("net.safetensors"));
        _inputs = Files;
    }

    public string Folder { get; }

    public StringWriter Output { get; init; } = new();

    public StringWriter Error { get; init; } = new();

    /// <summary>The lines on standard error.</summary>
    public string[] ErrorLines => Error.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);

    /// <summary>All files and folders in the folder, hidden ones too.</summary>
    public string[] Files => [.. Directory.EnumerateFileSystemEntries(Folder).Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal)];

    /// <summary>The files in the folder besides the inputs.</summary>
    public string[] Written => [.. Files.Except(_inputs)];

    public string InFolder(string name) => Path.Combine(Folder, name);

    public byte[] Bytes(string name) => File.ReadAllBytes(InFolder(name));

    public Picture Picture(string name) => PictureFile.Read(InFolder(name));

    /// <summary>The losses that a trace has recorded.</summary>
    public double[] Losses(string name)
    {
        using JsonDocument trace = JsonDocument.Parse(Bytes(name));
        return [.. trace.RootElement.GetProperty("evaluations").EnumerateArray().Select(evaluation => evaluation.GetProperty("loss").GetDouble())];
    }

    /// <summary>Runs <c>pastiche</c>; in the words, <c>@</c> stands for the folder: <c>@photo.png</c>.</summary>
    public int Run(string[] words, CancellationToken interrupted)
    {
        var console = new CommandConsole(Output, Error);
        string[] args = [.. words.Select(word => word.Replace("@", Folder + Path.DirectorySeparatorChar))];
        return PasticheCommand.Run(args, Commands.Create(console), console, interrupted);
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    private static Picture Painting(int width, int height, float white) =>
        new(width, height, Array.ConvertAll(SmallVgg.Picture(height, width), value => white * value));

    private static NetworkWeights CreateNetwork()
    {
        NetworkWeights weights = SmallVgg.Random();
        using var compute = new NetworkCompute(2);
        return weights with { MeanActivations = CommonScale.Measure(weights, CalibrationPictures.Draw(), compute) };
    }
}
