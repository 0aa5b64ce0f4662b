using Pastiche.Imaging;

namespace Pastiche.Cli.Paint;

/// <summary>What <c>pastiche paint</c> needs of the library; tests put in their own.</summary>
/// <param name="Read">Decodes a picture; throws <see cref="InvalidInputException"/> when there is none.</param>
/// <param name="Write">Encodes a picture in the format of the file's extension; the file is complete or absent.</param>
/// <param name="CheckWritable">Throws <see cref="InvalidInputException"/> when a picture of this size, if known, cannot be written to this file.</param>
/// <param name="WritableExtensions">The extensions that can be written, with their dots.</param>
/// <param name="ModelOf">The model that a request gets.</param>
/// <param name="Run">Repaints.</param>
internal sealed record PaintServices(
    Func<string, Picture> Read,
    Action<Picture, string> Write,
    Action<string, (int Width, int Height)?> CheckWritable,
    IReadOnlyList<string> WritableExtensions,
    Func<StyleTransferRequest, string> ModelOf,
    Func<StyleTransferRequest, IProgress<StyleProgress>?, CancellationToken, StyleResult> Run);
