using Pastiche.Imaging;

namespace Pastiche.Benchmarks.Peers;

/// <summary>Measures a picture as one peer's run is compared by; less is better.</summary>
internal interface IPeerJudge : IDisposable
{
    /// <summary>What is measured of the style, by name.</summary>
    IReadOnlyList<string> Names { get; }

    /// <summary>The measures, in the order of the names. The last is the content's where there are several.</summary>
    double[] Judge(Picture picture);
}
