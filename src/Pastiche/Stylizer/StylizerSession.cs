using System.Diagnostics;
using Pastiche.Imaging;
using Pastiche.Models;
using Pastiche.Regions;

namespace Pastiche;

/// <summary>
/// One style for many photographs: settings are checked, the model is loaded, its networks are built and the paintings are read
/// once, then each photograph costs its own time alone. What comes out is to the bit what <see cref="Stylizer.Run"/> gives.
/// </summary>
/// <remarks>One photograph at a time: a session is not for several threads at once.</remarks>
/// <example>
/// <code>
/// using var session = StylizerSession.Open(new StyleTransferRequest { Content = null, Styles = [new StyleSource(painting)] });
/// foreach (string file in files)
///     PictureFile.Write(session.Run(PictureFile.Read(file)).Picture, Path.Combine("out", Path.GetFileName(file)));
/// </code>
/// </example>
public sealed class StylizerSession : IDisposable
{
    private readonly StyleTransferRequest _request;
    private readonly LoadedModel _model;
    private readonly EngineRunner _runner;
    private readonly Colouring _colouring;
    private bool _isDisposed;

    private StylizerSession(StyleTransferRequest request, LoadedModel model)
    {
        (_request, _model) = (request, model);
        IReadOnlyList<WeightedStyle> styles = WeightedStyle.At(request.StyleSize ?? request.Size, RegionLayout.Of(request).AllStyles);
        _colouring = new Colouring(request.Colours, styles);
        _runner = new EngineRunner(RequestValidation.EngineOf(request), model, request.Threads);
    }

    /// <summary>Checks a request, loads its model and builds the networks. The first photograph's run reads the paintings.</summary>
    /// <param name="request">
    /// What to do. Its <see cref="StyleTransferRequest.Content"/> may be <c>null</c>; a photograph that is there is checked with the
    /// rest.
    /// </param>
    /// <exception cref="InvalidInputException">The request is not valid, or its model cannot be had; all problems are listed.</exception>
    public static StylizerSession Open(StyleTransferRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return Open(request, RequestValidation.SettingsProblems(request));
    }

    /// <summary>Opens a session unless there are problems.</summary>
    internal static StylizerSession Open(StyleTransferRequest request, IEnumerable<string> problems)
    {
        List<string> all = [.. problems];
        try
        {
            request = request with { Colours = request.Colours?.WithPalette(PictureFile.Read)! };
        }
        catch (InvalidInputException exception)
        {
            all.AddRange(exception.Problems);
        }
        return new StylizerSession(request, ModelChoice.Load(
            all, request.Model, request.Engine, request.Gatys, request.Threads,
            loaded => RequestValidation.FitProblems(request, loaded.Weights)));
    }

    /// <summary>Opens a session for a request that is valid with a model that is loaded.</summary>
    internal static StylizerSession Open(StyleTransferRequest request, LoadedModel model) => new(request, model);

    /// <summary>Repaints a photograph.</summary>
    /// <param name="content">The photograph.</param>
    /// <param name="progress">Hears of every evaluation or level, on the calling thread.</param>
    /// <param name="cancellation">
    /// Stops the run; the result is then the best picture reached so far. The session can go on with other photographs.
    /// </param>
    /// <returns>The picture and how it came about; the time is this photograph's.</returns>
    /// <exception cref="InvalidInputException">The photograph cannot be repainted with these settings; the session can go on.</exception>
    public StyleResult Run(Picture content, IProgress<StyleProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(content);
        long started = Stopwatch.GetTimestamp();
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        List<string> problems = [.. RequestValidation.ContentProblems(content)];
        if (problems.Count == 0)
            problems.AddRange(RequestValidation.ContentFitProblems(_request, content, _model.Weights));
        return problems.Count == 0 ? Run(content, started, progress, cancellation) : throw new InvalidInputException(problems);
    }

    /// <summary>Repaints a photograph that has been checked.</summary>
    internal StyleResult Run(Picture content, long started, IProgress<StyleProgress>? progress, CancellationToken cancellation)
    {
        Picture fitted = EngineInput.Fit(content, _request.Size);
        var layout = RegionLayout.Of(_request);
        RegionMap? map = layout.MapFor(fitted.Width, fitted.Height);
        ColouredRun run = _colouring.Prepare(fitted, map);
        var input = new EngineInput(
            run.Content, run.Styles, StartOf, (width, height) => (width, height) == (fitted.Width, fitted.Height) ? map : layout.MapFor(width, height))
        {
            Finish = run.Finish,
        };
        return _runner.Run(input, _request.Checkpoint, started, progress, cancellation);
    }

    /// <summary>Releases networks and threads.</summary>
    public void Dispose()
    {
        if (!_isDisposed)
            _runner.Dispose();
        _isDisposed = true;
    }

    private float[] StartOf(Picture content) => _request.Init switch
    {
        InitKind.Picture => Resampling.Resize(_request.InitPicture!, content.Width, content.Height).Planes,
        InitKind.Noise => EngineInput.Noise(content.Width, content.Height, _request.Seed),
        _ => content.Planes,
    };
}
