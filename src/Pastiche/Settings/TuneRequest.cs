using System.ComponentModel.DataAnnotations;
using Pastiche.Engines;

namespace Pastiche.Settings;

/// <summary>What weights are looked for.</summary>
/// <param name="Transfer">
/// Photograph, paintings and all settings but the style weight, with engine <see cref="EngineKind.Gatys"/>. Its size and iterations count:
/// small ones (128 to 192 pixels, 50 to 100 iterations) do, since weights mean the same at every size.
/// </param>
public sealed record TuneRequest(StyleTransferRequest Transfer)
{
    /// <summary>
    /// The share of the style loss to be removed: 0 leaves the photograph, towards 1 the style is all that counts. Measured from the
    /// photograph, where the run starts.
    /// </summary>
    [Range(0.01, 0.999)]
    public double Balance { get; init; } = 0.9;

    /// <summary>How near to <see cref="Balance"/> is near enough.</summary>
    [Range(0.001, 0.5)]
    public double Tolerance { get; init; } = 0.01;

    /// <summary>The most weights to try.</summary>
    [Range(1, 100)]
    public int MaxTrials { get; init; } = 12;
}

/// <summary>One weight that was tried.</summary>
/// <param name="StyleWeight">The weight.</param>
/// <param name="Balance">The share of the style loss that it removed.</param>
/// <param name="ContentLoss">The content loss at the end, times its weight.</param>
/// <param name="StyleLoss">The style loss at the end, without its weight.</param>
public sealed record TuneTrial(double StyleWeight, double Balance, double ContentLoss, double StyleLoss);

/// <summary>What a search found.</summary>
/// <param name="Best">The trial that came nearest.</param>
/// <param name="IsReached">Whether it is near enough.</param>
/// <param name="Trials">All trials in order.</param>
public sealed record TuneResult(TuneTrial Best, bool IsReached, IReadOnlyList<TuneTrial> Trials);
