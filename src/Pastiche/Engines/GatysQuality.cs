namespace Pastiche.Engines;

/// <summary>How much time optimisation takes for a picture: a word for <see cref="GatysOptions.Iterations"/>.</summary>
public enum GatysQuality
{
    /// <summary>A hundred evaluations: what the picture will be like.</summary>
    Draft,

    /// <summary>Three hundred, the default: where the eye stops seeing much of a difference.</summary>
    Good,

    /// <summary>A thousand: for printing.</summary>
    Best,
}

/// <summary>What the words mean.</summary>
public static class GatysQualities
{
    /// <summary>Evaluations that a quality spends, over all sizes.</summary>
    public static int Iterations(this GatysQuality quality) => quality switch
    {
        GatysQuality.Draft => 100,
        GatysQuality.Good => 300,
        _ => 1000,
    };
}
