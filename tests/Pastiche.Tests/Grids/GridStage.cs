using Pastiche.Engines;
using Pastiche.Grids;
using Pastiche.Imaging;
using Pastiche.Tests.Imaging;
using Pastiche.Tests.Networks;

namespace Pastiche.Tests.Grids;

/// <summary>Small pictures, quick settings, and a folder of its own.</summary>
internal sealed class GridStage : IDisposable
{
    private readonly TemporaryFolder _root = new();

    public string Folder => _root.File("grid");

    /// <summary>Two photographs, two paintings, two strengths; 2 x 4 cells of the universal engine.</summary>
    public GridRequest Request { get; init; } = new()
    {
        Contents = [new GridPicture("a.png", TestImages.Smooth(40, 30)), new GridPicture("b.png", TestImages.Smooth(30, 40))],
        Styles = [new GridPicture("light.png", Painting(1)), new GridPicture("dark.png", Painting(0.3f))],
        Axes = [GridAxis.Parse("alpha=0.2,1")],
        Template = new StyleTransferRequest
        {
            Content = null,
            Styles = [],
            Engine = EngineKind.Universal,
            Universal = new UniversalOptions { Levels = [new(2), new(1)] },
            Size = 32,
            Model = "compact",
            Threads = 2,
        },
    };

    /// <summary>The pictures in the folder with the time at which they were written.</summary>
    public Dictionary<string, DateTime> Pictures => Directory.EnumerateFiles(Folder, "*-*.png").ToDictionary(
        file => Path.GetFileName(file), File.GetLastWriteTimeUtc);

    public string InFolder(string name) => Path.Combine(Folder, name);

    public GridResult Run(GridRequest? request = null, Action<GridProgress>? report = null) => GridRun.Run(
        GridPlan.Of(request ?? Request), Folder, new Immediate(report ?? (_ => { })), TestContext.Current.CancellationToken);

    /// <summary>Runs until it is cancelled.</summary>
    public GridResult RunUntil(Action<GridProgress> report, CancellationToken cancellation) =>
        GridRun.Run(GridPlan.Of(Request), Folder, new Immediate(report), cancellation);

    public void Dispose() => _root.Dispose();

    private static Picture Painting(float white) => new(32, 32, Array.ConvertAll(SmallVgg.Picture(32, 32), value => white * value));

    private sealed class Immediate(Action<GridProgress> report) : IProgress<GridProgress>
    {
        public void Report(GridProgress value) => report(value);
    }
}
