using Pastiche.Imaging;

namespace Pastiche.Cli.Paint;

/// <summary>One style for many photographs; tests put in their own.</summary>
internal interface IPaintSession : IDisposable
{
    /// <summary>Repaints a photograph; as <see cref="StylizerSession.Run"/>.</summary>
    StyleResult Run(Picture content, IProgress<StyleProgress>? progress, CancellationToken cancellation);
}

/// <summary>The library's session.</summary>
internal sealed class LibraryPaintSession(StylizerSession session) : IPaintSession
{
    /// <inheritdoc/>
    public StyleResult Run(Picture content, IProgress<StyleProgress>? progress, CancellationToken cancellation) =>
        session.Run(content, progress, cancellation);

    /// <inheritdoc/>
    public void Dispose() => session.Dispose();
}
