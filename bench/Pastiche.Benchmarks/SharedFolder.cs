namespace Pastiche.Benchmarks;

/// <summary>Where the team's data lies as seen from the repository's root; options give other places.</summary>
internal static class SharedFolder
{
    /// <summary>All pictures.</summary>
    public const string Images = "../shared/images";

    /// <summary>Kodak's photographs 1 to 12.</summary>
    public const string Content = "../shared/images/content";

    /// <summary>Photographs to train on.</summary>
    public const string Photos = "../shared/images/photos";

    /// <summary>Paintings.</summary>
    public const string Styles = "../shared/images/styles";

    /// <summary>The peer's networks.</summary>
    public const string Distilled = "../shared/models/distilled16x";
}
